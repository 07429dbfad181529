package io.paramedic.deploy.simulation.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.access.HostCommand;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list is closed: what is not known to look is taken to touch. */
class ReadOnlyCommandsTest {
    private static final String SCRIPT = "state='x y'\n" + "echo looked\n".repeat(20);

    private final ReadOnlyCommands commands = new ReadOnlyCommands(List.of(SCRIPT));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xl list -v",
                "list_domains -all",
                "timeout -k 1 5 xl list -v",
                "timeout 5 xe vm-list params=uuid --minimal",
                "xe vm-param-get uuid=u param-name=dom-id",
                "cat /proc/sys/kernel/random/boot_id /proc/uptime",
                "xenstore-ls -f",
                "xenstore-watch /local/domain @releaseDomain",
                "xen-diag gnttab_query_size 4",
                "command -v xl",
                "ls -l /proc/12/fd/1",
                "sha256sum /etc/xen/web.cfg",
                "ps axo pid,args",
                "mkdir -p /var/lib/paramedic/commands",
                "mv $PARAMEDIC_STATE/new $PARAMEDIC_STATE/tokens",
                "/usr/sbin/xl list"
            })
    void knowsWhatOnlyLooksAndWhatOnlyKeepsTheGuardsBooks(String line) {
        assertThat(commands.contains(List.of(line.split(" ")))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xl destroy 4",
                "xl",
                "xl debug-keys q",
                "xl sched-credit2 -d 4 -w 512",
                "xl frobnicate 4",
                "timeout 5 xl destroy 4",
                "xe vm-shutdown uuid=u force=true",
                "xe vm-list-and-destroy",
                "xe",
                "xenstore-write /local/domain/4/control/shutdown reboot",
                "xenstore-rm /local/domain/4",
                "xen-diag help",
                "xen-hvmcrash 4",
                "kill 812",
                "rm -rf /var/lib/xen",
                "rm -rf /var/lib/paramedic/../xen",
                "mv /var/lib/paramedic/a /etc/xen/web.cfg",
                "mkdir",
                "reboot"
            })
    void takesEverythingElseForATouch(String line) {
        assertThat(commands.contains(List.of(line.split(" ")))).isFalse();
    }

    @Test
    void judgesALineByAllItsSteps() {
        assertThat(commands.containsLine("cat /proc/uptime && timeout 5 xl list -v"))
                .isTrue();
        assertThat(commands.containsLine(HostCommand.PRELUDE + "command -v xl; command -v xe"))
                .isTrue();
        assertThat(commands.containsLine("cat /proc/uptime; xl destroy 4")).isFalse();
        // A shell could make anything of these.
        assertThat(commands.containsLine("xl list $(xl destroy 4)")).isFalse();
        assertThat(commands.containsLine("for d in 1 2; do xl list $d; done")).isFalse();
    }

    @Test
    void knowsAScriptOnlyWholeAndAlone() {
        String quoted = HostCommand.quote(SCRIPT);

        assertThat(commands.containsLine(
                        HostCommand.PRELUDE + "exec sh -c " + quoted + " guard act domid=4 'name=a b'"))
                .isTrue();
        assertThat(commands.containsLine("sh -c " + quoted)).isTrue();
        assertThat(commands.containsLine("sh -c " + quoted + "; xl destroy 4")).isFalse();
        assertThat(commands.containsLine("xl destroy 4; sh -c " + quoted)).isFalse();
        assertThat(commands.containsLine("sh -c " + HostCommand.quote(SCRIPT + "xl destroy 4\n")))
                .isFalse();
    }
}
