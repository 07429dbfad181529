package io.paramedic.collector.access.ssh;

import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Map;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/** A private key that an ssh-agent holds. */
final class AgentIdentity implements PublicKeyIdentity {
    private final AgentClient agent;
    private final HostKey key;
    private final @Nullable PublicKey decoded;

    AgentIdentity(AgentClient agent, HostKey key) {
        this.agent = agent;
        this.key = key;
        this.decoded = decode(key);
    }

    /** Whether it is a key of a type that can be used; an agent may hold others. */
    boolean usable() {
        return decoded != null;
    }

    @Override
    public KeyPair getKeyIdentity() {
        return new KeyPair(decoded, null);
    }

    @Override
    public Map.Entry<String, byte[]> sign(@Nullable SessionContext session, String algorithm, byte[] data)
            throws Exception {
        AgentClient.Signature signature = agent.sign(key.blob(), algorithm, data);
        return Map.entry(signature.algorithm(), signature.bytes());
    }

    private static @Nullable PublicKey decode(HostKey key) {
        if (!Algorithms.forUsers(key.type())) {
            return null;
        }
        try {
            return new ByteArrayBuffer(key.blob()).getRawPublicKey();
        } catch (SshException | RuntimeException e) {
            return null;
        }
    }
}
