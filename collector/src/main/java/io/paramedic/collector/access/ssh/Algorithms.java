package io.paramedic.collector.access.ssh;

import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;

/**
 * Which algorithms are offered to a server. The legacy ones come last and only for a host that needs them: the
 * OpenSSH of XenServer 5.6 to 6.x knows no better.
 */
final class Algorithms {
    /**
     * Plain curve25519 comes before the post-quantum hybrids: these cost 65 ms of CPU per connection (build facts
     * §6), which a collector with thousands of hosts pays at every start. Nothing secret goes over these connections
     * that has to stay so for decades. A server that wants only a hybrid gets it.
     */
    private static final List<BuiltinDHFactories> KEY_EXCHANGES = List.of(
            BuiltinDHFactories.curve25519,
            BuiltinDHFactories.curve25519_libssh,
            BuiltinDHFactories.mlkem768x25519,
            BuiltinDHFactories.sntrup761x25519,
            BuiltinDHFactories.sntrup761x25519_openssh,
            BuiltinDHFactories.ecdhp256,
            BuiltinDHFactories.ecdhp384,
            BuiltinDHFactories.ecdhp521,
            BuiltinDHFactories.dhgex256,
            BuiltinDHFactories.dhg16_512,
            BuiltinDHFactories.dhg18_512,
            BuiltinDHFactories.dhg14_256);

    private static final List<BuiltinDHFactories> LEGACY_KEY_EXCHANGES =
            List.of(BuiltinDHFactories.dhg14, BuiltinDHFactories.dhgex, BuiltinDHFactories.dhg1);

    /** Without certificates: those of hosts are not verified here, so a server must present its plain key. */
    private static final List<BuiltinSignatures> SIGNATURES = List.of(
            BuiltinSignatures.ed25519,
            BuiltinSignatures.nistp256,
            BuiltinSignatures.nistp384,
            BuiltinSignatures.nistp521,
            BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256);

    private static final List<BuiltinSignatures> LEGACY_SIGNATURES =
            List.of(BuiltinSignatures.rsa, BuiltinSignatures.dsa);

    private static final List<BuiltinCiphers> CIPHERS = List.of(
            BuiltinCiphers.aes128gcm,
            BuiltinCiphers.aes256gcm,
            BuiltinCiphers.cc20p1305_openssh,
            BuiltinCiphers.aes128ctr,
            BuiltinCiphers.aes192ctr,
            BuiltinCiphers.aes256ctr);
    private static final List<BuiltinCiphers> LEGACY_CIPHERS = List.of(
            BuiltinCiphers.aes128cbc, BuiltinCiphers.aes192cbc, BuiltinCiphers.aes256cbc, BuiltinCiphers.tripledescbc);

    private static final List<BuiltinMacs> MACS = List.of(
            BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm, BuiltinMacs.hmacsha256, BuiltinMacs.hmacsha512);
    private static final List<BuiltinMacs> LEGACY_MACS = List.of(BuiltinMacs.hmacsha1, BuiltinMacs.hmacmd5);

    private Algorithms() {}

    static List<KeyExchangeFactory> keyExchanges(boolean legacy) {
        return NamedFactory.setUpTransformedFactories(
                true, all(KEY_EXCHANGES, LEGACY_KEY_EXCHANGES, legacy), ClientBuilder.DH2KEX);
    }

    static List<NamedFactory<Signature>> signatures(boolean legacy) {
        return List.copyOf(NamedFactory.setUpBuiltinFactories(true, all(SIGNATURES, LEGACY_SIGNATURES, legacy)));
    }

    static List<NamedFactory<Cipher>> ciphers(boolean legacy) {
        return List.copyOf(NamedFactory.setUpBuiltinFactories(true, all(CIPHERS, LEGACY_CIPHERS, legacy)));
    }

    static List<NamedFactory<Mac>> macs(boolean legacy) {
        return List.copyOf(NamedFactory.setUpBuiltinFactories(true, all(MACS, LEGACY_MACS, legacy)));
    }

    /** The signature algorithms that a host key type can be asked for with. */
    static List<String> forKeyType(String type) {
        return type.equals("ssh-rsa") ? List.of("rsa-sha2-512", "rsa-sha2-256", "ssh-rsa") : List.of(type);
    }

    /** Whether a person's key of this type can be used to log in. */
    static boolean forUsers(String type) {
        return type.equals("ssh-rsa")
                || SIGNATURES.stream().anyMatch(s -> s.getName().equals(type));
    }

    private static <T> List<T> all(List<T> modern, List<T> old, boolean legacy) {
        List<T> all = new ArrayList<>(modern);
        if (legacy) {
            all.addAll(old);
        }
        return all;
    }
}
