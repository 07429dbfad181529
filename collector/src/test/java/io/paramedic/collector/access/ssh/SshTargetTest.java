package io.paramedic.collector.access.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.access.HostAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a target is typed again. */
class SshTargetTest {
    private static final SshOptions USUAL = SshOptions.of(Path.of("/home/op"), Map.of());

    private static SshTarget target(String text, SshOptions options) {
        return SshTarget.of((HostAddress.Ssh) HostAddress.parse(text), options);
    }

    @Test
    void isTypedWithTheUserAndThePortThatWereGiven() {
        assertThat(target("xen-07", USUAL).typed()).isEqualTo("xen-07");
        assertThat(target("ssh://root@xen-07:2222", USUAL).typed()).isEqualTo("root@xen-07:2222");
        assertThat(target("fd00::7", USUAL).typed()).isEqualTo("[fd00::7]");
    }

    @Test
    void needsNoOptionsWhereNoneWereGiven() {
        assertThat(target("root@xen-07:2222", USUAL).doctorAccepting("SHA256:ab+/c"))
                .isEqualTo("paramedic doctor --accept-host-key SHA256:ab+/c root@xen-07:2222");
    }

    @Test
    void needsTheOptionsThatLeadThere() {
        SshOptions options = USUAL.withConfig(Optional.empty())
                .withIdentities(List.of(Path.of("my key")))
                .withKnownHosts(List.of(Path.of("hosts")))
                .withJump(Optional.of("op@gate,[::1]:2201"))
                .withSudo(true)
                .withLegacyHosts(Set.of(
                        new HostAddress.Ssh(Optional.of("op"), "gate", OptionalInt.empty()),
                        new HostAddress.Ssh(Optional.empty(), "fd00::7", OptionalInt.of(22))));

        assertThat(target("xen-07", options).doctorAccepting("SHA256:x"))
                .isEqualTo("paramedic doctor -F none -i 'my key' --known-hosts hosts --jump 'op@gate,[::1]:2201' --sudo"
                        + " --legacy-algorithms '[fd00::7]:22' --legacy-algorithms gate"
                        + " --accept-host-key SHA256:x xen-07");
    }
}
