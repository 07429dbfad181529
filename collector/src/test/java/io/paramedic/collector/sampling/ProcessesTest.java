package io.paramedic.collector.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.dialect.ProcessRow;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessesTest {
    private static List<String> naming8(String commandLine) {
        return Processes.naming(8, List.of(new ProcessRow(700, 1, "Sl", commandLine)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hold 8 grant 1",
                "/usr/sbin/xl destroy 8",
                "xl -v dump-core 8 /var/tmp/core",
                "/usr/lib/xen-4.17/bin/qemu-system-i386 -xen-domid 8 -name web -smp 2,maxcpus=2",
                "qrexec-daemon -- 8 work user",
                "xenconsole --domid 8",
                "vncterm --domid=8",
                "qemu-dm-8 -d 8"
            })
    void namesItsDomain(String commandLine) {
        assertThat(naming8(commandLine)).containsExactly(commandLine);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/lib/xen-4.17/bin/qemu-system-i386 -xen-domid 3 -name prod-db -smp 8,maxcpus=8 -m 8",
                "qemu-system-i386 -xen-domid 3 8",
                "watch -n 8 xl list",
                "sleep 8",
                "tapdisk --threads 8",
                "xl destroy 88",
                "[kworker/8:0]",
                "xen-diag gnttab_query_size 8"
            })
    void namesAnotherOrNone(String commandLine) {
        assertThat(naming8(commandLine)).isEmpty();
    }

    @Test
    void whatActsByNameMayActOnANamelessDomain() {
        assertThat(Processes.actingByName(List.of(
                        new ProcessRow(1, 0, "S", "xl destroy web"),
                        new ProcessRow(2, 0, "S", "xl destroy 5"),
                        new ProcessRow(3, 0, "S", "xl create /etc/xen/web.cfg"),
                        new ProcessRow(4, 0, "S", "xl list"))))
                .containsExactly("xl destroy web");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xl migrate web xen-2",
                "/usr/sbin/xl -v save web /var/save/web.chk",
                "xl dump-core web /var/tmp/core",
                "xl shutdown -w web",
                "xl destroy  web",
                "xl shutdown -aw",
                "xl reboot --all"
            })
    void actsOnItsDomainByName(String commandLine) {
        List<ProcessRow> processes = List.of(new ProcessRow(700, 1, "S", commandLine));
        assertThat(Processes.actingOn("web", processes)).containsExactly(commandLine);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xl migrate web2 xen-2",
                "xl save my-web /var/save/web",
                "xl shutdown -w db",
                "xl console web",
                "xl create /etc/xen/web.cfg",
                "vim web"
            })
    void actsOnAnotherDomainOrNone(String commandLine) {
        assertThat(Processes.actingOn("web", List.of(new ProcessRow(700, 1, "S", commandLine))))
                .isEmpty();
    }

    @Test
    void aNameOfSeveralWordsAndOneThatAMigrationGaveAreMatchedAsWell() {
        List<ProcessRow> processes = List.of(
                new ProcessRow(700, 1, "S", "xl migrate my db xen-2"), new ProcessRow(701, 1, "S", "xl migrate web b"));
        assertThat(Processes.actingOn("my db", processes)).containsExactly("xl migrate my db xen-2");
        assertThat(Processes.actingOn("web--migratedaway", processes)).containsExactly("xl migrate web b");
    }

    @Test
    void aLogTellsForWhichDomainAProcessWaits() {
        String listing = """
            l-wx------ 1 root root 64 Nov 20 13:00 /proc/602/fd/1 -> /var/log/xen/xl-web.log
            l-wx------ 1 root root 64 Nov 20 13:00 /proc/611/fd/1 -> /var/log/xen/xl-my db.log.2
            l-wx------ 1 root root 64 Nov 20 13:00 /proc/620/fd/1 -> /var/log/xen/xl-mail--incoming.log
            """;
        assertThat(XlLogs.domains(listing, List.of(602, 611, 620))).isEqualTo(Set.of("web", "my db", "mail"));
        assertThat(XlLogs.domains(listing, List.of(602, 699)))
                .as("one of them is not told")
                .isNull();
    }
}
