package io.paramedic.collector.access.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.access.ssh.HostKeys.Approval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostKeysTest {
    private static final KeyPair PAIR = TestKeys.generate("ssh-ed25519");
    private static final HostKey KEY = TestKeys.hostKey(PAIR);
    private static final HostKey OTHER = TestKeys.hostKey(TestKeys.generate("ssh-ed25519"));

    @TempDir
    private Path folder;

    @Test
    void addsTheKeyThatAPersonApproved() throws Exception {
        Path file = folder.resolve("deep/er/known_hosts");

        assertThat(HostKeys.approve(file, "Xen-07", 2222, KEY.fingerprint() + "=", KEY))
                .isEqualTo(new Approval.Added(file));

        assertThat(file).hasContent("[xen-07]:2222 " + TestKeys.line(PAIR));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(HostKeys.approve(file, "xen-07", 2222, KEY.fingerprint(), KEY))
                .isEqualTo(new Approval.AlreadyKnown());
    }

    @Test
    void writesNothingForAnotherKeyThanTheApproved() throws Exception {
        Path file = folder.resolve("known_hosts");

        assertThat(HostKeys.approve(file, "xen-07", 22, OTHER.fingerprint(), KEY))
                .isInstanceOfSatisfying(
                        Approval.Refused.class,
                        refused -> assertThat(refused.sentence())
                                .contains(KEY.fingerprint())
                                .contains(OTHER.fingerprint()));

        assertThat(file).doesNotExist();
    }

    @Test
    void writesNothingWhereTheFileHasAnotherKeyOrRevokesThisOne() throws Exception {
        Path file = folder.resolve("known_hosts");
        String before = "xen-07 ssh-ed25519 " + OTHER.base64() + "\n@revoked * ssh-ed25519 " + KEY.base64();
        Files.writeString(file, before);

        assertThat(HostKeys.approve(file, "xen-07", 22, KEY.fingerprint(), KEY)).isInstanceOf(Approval.Refused.class);
        assertThat(HostKeys.approve(file, "xen-08", 22, KEY.fingerprint(), KEY)).isInstanceOf(Approval.Refused.class);

        assertThat(file).hasContent(before);
    }

    @Test
    void keepsALastLineWithoutAnEndWhole() throws Exception {
        Path file = Files.writeString(folder.resolve("known_hosts"), "xen-08 ssh-ed25519 " + OTHER.base64());

        HostKeys.approve(file, "xen-07", 22, KEY.fingerprint(), KEY);

        assertThat(file).hasContent("xen-08 ssh-ed25519 " + OTHER.base64() + "\nxen-07 ssh-ed25519 " + KEY.base64());
    }
}
