package io.paramedic.collector.access.ssh;

import java.security.KeyPair;
import java.util.Map;
import org.apache.sshd.client.auth.pubkey.KeyPairIdentity;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.session.SessionContext;

/** A private key that was read from a file. */
record FileIdentity(KeyPair pair) implements PublicKeyIdentity {
    @Override
    public KeyPair getKeyIdentity() {
        return pair;
    }

    @Override
    public Map.Entry<String, byte[]> sign(SessionContext session, String algorithm, byte[] data) throws Exception {
        ClientSession client = (ClientSession) session;
        return new KeyPairIdentity(client, client, pair).sign(session, algorithm, data);
    }
}
