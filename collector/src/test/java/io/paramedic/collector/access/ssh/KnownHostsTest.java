package io.paramedic.collector.access.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paramedic.collector.access.ssh.KnownHosts.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownHostsTest {
    private static final Path FILE = Path.of("known_hosts");
    private static final KeyPair PAIR = TestKeys.generate("ssh-ed25519");
    private static final KeyPair OTHER = TestKeys.generate("ssh-ed25519");
    private static final KeyPair RSA = TestKeys.generate("ssh-rsa");
    private static final HostKey KEY = TestKeys.hostKey(PAIR);

    private static Verdict verdict(String text, String host, int port) {
        return KnownHosts.of(FILE, text).verdict(host, port, KEY);
    }

    private static String line(String start, KeyPair pair) {
        return start + " " + TestKeys.line(pair) + "\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"xen-07", "xen-0?", "a,xen-07,b", "*,!xen-08", "XEN-07", "xen-07.example.org,xen-07", "xen*"})
    void trustsAKeyThatALineHasForTheHost(String patterns) {
        assertThat(verdict(line(patterns, PAIR), "Xen-07", 22)).isEqualTo(new Verdict.Trusted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xen-08", "xen-07.example.org", "*,!xen-07", "!xen-08", "[xen-07]:2222", "xen-0"})
    void knowsNothingFromALineForOthers(String patterns) {
        assertThat(verdict(line(patterns, PAIR), "xen-07", 22)).isEqualTo(new Verdict.Unknown(false));
    }

    @Test
    void tellsPortsApart() {
        assertThat(verdict(line("[xen-07]:2222", PAIR), "xen-07", 2222)).isEqualTo(new Verdict.Trusted());
        assertThat(verdict(line("[xen-07]:2222", PAIR), "xen-07", 2223)).isEqualTo(new Verdict.Unknown(false));
        assertThat(verdict(line("xen-07", PAIR), "xen-07", 2222)).isEqualTo(new Verdict.Trusted());
        assertThat(verdict(line("xen-07", OTHER), "xen-07", 2222)).isEqualTo(new Verdict.Unknown(false));
    }

    @Test
    void readsHashedNames() throws Exception {
        assertThat(verdict(line(hashed("xen-07"), PAIR), "xen-07", 22)).isEqualTo(new Verdict.Trusted());
        assertThat(verdict(line(hashed("xen-07"), OTHER), "xen-07", 22)).isInstanceOf(Verdict.Changed.class);
        assertThat(verdict(line(hashed("[xen-07]:2222"), PAIR), "xen-07", 2222)).isEqualTo(new Verdict.Trusted());
        assertThat(verdict(line(hashed("xen-08"), PAIR), "xen-07", 22)).isEqualTo(new Verdict.Unknown(false));
        assertThat(verdict(line("|1|not base64|xx", PAIR), "xen-07", 22)).isEqualTo(new Verdict.Unknown(false));
    }

    private static String hashed(String name) throws Exception {
        byte[] salt = new byte[20];
        salt[3] = 7;
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(salt, "HmacSHA1"));
        byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
        Base64.Encoder base64 = Base64.getEncoder();
        return "|1|" + base64.encodeToString(salt) + "|" + base64.encodeToString(hash);
    }

    @Test
    void trustsAHostWithSeveralKeysByAnyOfThem() {
        String text = line("xen-07", RSA) + line("xen-07", OTHER) + line("xen-07", PAIR);

        assertThat(verdict(text, "xen-07", 22)).isEqualTo(new Verdict.Trusted());
        assertThat(KnownHosts.of(FILE, text).types("xen-07", 22)).containsExactly("ssh-rsa", "ssh-ed25519");
    }

    @Test
    void namesTheLineOfTheKeyThatIsAnother() {
        assertThat(verdict("# comment\n\n" + line("xen-07", OTHER), "xen-07", 22))
                .isInstanceOfSatisfying(
                        Verdict.Changed.class,
                        changed ->
                                assertThat(changed.known().getFirst().place()).isEqualTo("known_hosts:3"));
    }

    @Test
    void takesAKeyOfAnotherTypeForAChange() {
        assertThat(verdict(line("xen-07", RSA), "xen-07", 22)).isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void refusesARevokedKeyWhateverOtherLinesSay() {
        String text = line("xen-07", PAIR) + line("@revoked *", PAIR);

        assertThat(verdict(text, "xen-07", 22))
                .isInstanceOfSatisfying(
                        Verdict.Revoked.class, r -> assertThat(r.by().line()).isEqualTo(2));
        assertThat(verdict(line("@revoked other", PAIR), "xen-07", 22)).isInstanceOf(Verdict.Revoked.class);
    }

    @Test
    void neverTakesTheKeyOfACertificateAuthorityForAHostKey() {
        assertThat(verdict(line("@cert-authority *", PAIR), "xen-07", 22)).isEqualTo(new Verdict.Unknown(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"@trusted xen-07", "@ xen-07", "#xen-07"})
    void trustsNobodyFromALineThatItDoesNotKnow(String start) {
        assertThat(verdict(line(start, PAIR), "xen-07", 22)).isEqualTo(new Verdict.Unknown(false));
    }

    @Test
    void trustsNobodyFromALineWhoseTypeIsNotItsKeys() {
        assertThat(verdict("xen-07 ssh-rsa " + KEY.base64() + "\n", "xen-07", 22))
                .isEqualTo(new Verdict.Unknown(false));
    }

    @Property
    void neverTrustsFromNoise(@ForAll String noise) {
        assertThat(verdict("xen-07 ssh-ed25519 " + noise + "\n" + noise, "xen-07", 22))
                .isNotInstanceOf(Verdict.Trusted.class);
    }

    @Test
    void takesAFileThatIsNotThereForEmptyAndFailsOnOneThatCannotBeRead(@TempDir Path folder) throws Exception {
        assertThat(KnownHosts.read(List.of(folder.resolve("none"))).verdict("xen-07", 22, KEY))
                .isEqualTo(new Verdict.Unknown(false));
        assertThatThrownBy(() -> KnownHosts.read(List.of(folder))).isInstanceOf(IOException.class);
    }
}
