package io.paramedic.deploy.simulation.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.deploy.simulation.hosts.HostRecord;
import io.paramedic.deploy.simulation.model.Life;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whom a command concerns, and what was done twice. */
class LedgerTest {
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    private static final UUID WEB = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID DB = UUID.fromString("22222222-2222-4222-8222-222222222222");

    private final List<HostRecord.Entry> entries = new ArrayList<>();
    private final Life webBefore = new Life(WEB, "web", UUID.randomUUID(), 4, START.minusSeconds(900), START);
    private final Life webAfter = new Life(WEB, "web", webBefore.bootId(), 6, START.plusSeconds(20), null);
    private final Life db = new Life(DB, "db", webBefore.bootId(), 5, START.minusSeconds(800), START);

    @Test
    void findsTheVmByDomidUuidNameConfigurationAndNode() {
        for (String command : List.of(
                "xl destroy 4",
                "timeout -k 1 5 xl destroy 4",
                "xe vm-reboot uuid=" + WEB + " force=true",
                "xe vm-shutdown vm=web",
                "xe vm-pause name-label=web",
                "xl create /etc/xen/auto/first.cfg",
                "xenstore-write /local/domain/4/control/shutdown reboot",
                "xenstore-rm /vm/" + WEB,
                "frobnicate web")) {
            entries.clear();
            program(command);
            assertThat(deeds())
                    .as(command)
                    .singleElement()
                    .satisfies(deed -> assertThat(deed.vms()).containsExactly(WEB));
        }
    }

    @Test
    void findsWhomAnEffectHitThoughTheWordsNameNobody() {
        program(
                "xe vm-shutdown --multiple force=true",
                "hard_shutdown of domain 4 (web)",
                "hard_shutdown of domain 5 (db)");

        assertThat(deeds()).singleElement().satisfies(deed -> {
            assertThat(deed.vms()).containsExactlyInAnyOrder(WEB, DB);
            assertThat(deed.lives()).containsExactlyInAnyOrder(webBefore, db);
        });
    }

    @Test
    void keepsADeedThatIsAboutNobody() {
        program("xl debug-keys q");

        assertThat(deeds())
                .singleElement()
                .satisfies(deed -> assertThat(deed.vms()).isEmpty());
    }

    @Test
    void judgesALineByItsProgramsAndOneThatLeftNoneByItsWords() {
        line(1, "cat /proc/uptime && xl destroy 4");
        program(1, "cat /proc/uptime");
        program(1, "xl destroy 4");
        line(2, "xen-hvmcrash 5");
        line(3, "for d in 4; do xl list $d; done");
        line(4, "xl destroy 4; xen-hvmcrash 5");
        program(4, "xl destroy 4");

        assertThat(deeds())
                .extracting(deed -> deed.entry().command())
                .containsExactly(
                        "xl destroy 4",
                        "xen-hvmcrash 5",
                        "for d in 4; do xl list $d; done",
                        "xl destroy 4; xen-hvmcrash 5",
                        "xl destroy 4");
    }

    @Test
    void countsWhatHadTheSameEffectOnTheSameIncarnationBefore() {
        program("xl destroy 4", "began to destroy domain 4 (web)", "destroyed domain 4");
        program("xl create /etc/xen/auto/first.cfg", "created domain 6 (web)");
        assertThat(Ledger.duplicates(deeds())).isZero();

        program("xl destroy 6", "began to destroy domain 6 (web)", "destroyed domain 6");
        assertThat(Ledger.duplicates(deeds())).as("another incarnation").isZero();

        program("xl create /etc/xen/auto/first.cfg", "created domain 7 (web)");
        assertThat(Ledger.duplicates(deeds())).as("started twice").isEqualTo(1);

        program("xl destroy 4", "began to destroy domain 4 (web)");
        assertThat(Ledger.duplicates(deeds())).as("ended twice").isEqualTo(2);
    }

    @Test
    void countsARequestThatWasMadeTwiceAndNotOneThatWasTakenBack() {
        program("xl reboot 4", "asked domain 4 to reboot");
        program("xenstore-write /local/domain/4/control/shutdown ", "wrote /local/domain/4/control/shutdown");
        assertThat(Ledger.duplicates(deeds())).isZero();

        program("xl reboot 4", "asked domain 4 to reboot");
        assertThat(Ledger.duplicates(deeds())).isEqualTo(1);
    }

    @Test
    void takesAHardRebootForAnEndAndAStart() {
        program("xe vm-reboot uuid=" + WEB + " force=true", "hard_reboot of domain 4 (web)");
        program("xe vm-start uuid=" + WEB, "created domain 6 (web)");

        assertThat(Ledger.duplicates(deeds())).isEqualTo(1);
    }

    private List<Deed> deeds() {
        HostAccount account = new HostAccount(
                "xl-1", entries, List.of(webBefore, db, webAfter), Map.of("/etc/xen/auto/first.cfg", WEB), Set.of(DB));
        return new Ledger(List.of(account), new ReadOnlyCommands(List.of())).deeds();
    }

    private void program(String command, String... effects) {
        program(0, command, effects);
    }

    private void program(long within, String command, String... effects) {
        entry(HostRecord.Kind.PROGRAM, within, List.of(command.split(" ", -1)), List.of(effects));
    }

    private void line(long number, String line) {
        while (entries.size() < number - 1) {
            program("true");
        }
        entries.add(new HostRecord.Entry(
                number, HostRecord.Kind.LINE, 0, "root", List.of(line), START, START, 0, List.of()));
    }

    private void entry(HostRecord.Kind kind, long within, List<String> words, List<String> effects) {
        Instant at = START.plusSeconds(entries.size() + 1L);
        entries.add(new HostRecord.Entry(
                1000L + entries.size(), kind, within, "root", words, at, at.plusMillis(300), 1, effects));
    }
}
