package io.paramedic.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.deploy.demo.DemoReport.FaultLine;
import io.paramedic.deploy.simulation.account.ReadOnlyCommands;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.overview.HostOverview.Standing;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What people see, on a screen and as lines. */
class DemoShowTest {
    private final Made made = new Made(1).allFaults();
    private final Story.Guest sick = made.guest(Fault.ASLEEP);
    private List<FaultLine> ends = List.of();

    @Test
    void showsHostsIncidentsEvidenceTheLadderLeasesAndDecisions() {
        climbing();

        String screen = String.join("\n", DemoShow.lines(scene(), 160, 50, false));

        assertThat(screen)
                .contains("seed 1", "divided by 10", "0:30", "Things go wrong.  0 of 6 faults are over")
                .contains(sick.host() + "    trusted")
                .contains(sick.name() + " on " + sick.host())
                .contains("hung", "in truth", "✖ " + sick.name() + " asleep")
                .contains("its heartbeat stands still for 15 s")
                .contains("clean reboot: … (lease 7)")
                .contains("next: the effect is watched, in ")
                .contains("lease " + sick.name() + " on " + sick.host() + ", held by actuator-1")
                .contains(sick.name() + ": ordered clean reboot (two witnesses agree)");
    }

    @Test
    void tellsSickFromWellWithoutColour() {
        climbing();
        made.overview(
                "xcp-1",
                Standing.TRUSTED,
                List.of(
                        Made.domain(1, made.guest(Trap.IDLE), Verdict.NOTHING_WRONG),
                        Made.domain(2, made.guest(Trap.PAUSED), Verdict.PAUSED),
                        Made.domain(3, made.guest(Trap.BUSY), Verdict.HANG_SUSPECTED),
                        Made.domain(4, sick, Verdict.HUNG)));

        String row = DemoShow.lines(scene(), 160, 50, false).stream()
                .filter(line -> line.startsWith("xcp-1"))
                .findFirst()
                .orElseThrow();

        assertThat(row).contains("●○◐✖");
        assertThat(row.indexOf("hung")).isLessThan(row.indexOf("hang suspected"));
    }

    @Test
    void staysWithinTheTerminalHoweverSmall() {
        climbing();
        for (int columns : List.of(1, 20, 40, 80, 200)) {
            for (int rows : List.of(1, 5, 12, 24, 60)) {
                List<String> lines = DemoShow.lines(scene(), columns, rows, false);
                assertThat(lines).hasSizeLessThanOrEqualTo(rows);
                assertThat(lines)
                        .allSatisfy(line -> assertThat(line.codePointCount(0, line.length()))
                                .isLessThanOrEqualTo(columns));
            }
        }
    }

    @Test
    void paintsOnlyWhereItMayAndAsWideAsWithout() {
        climbing();
        List<String> plain = DemoShow.lines(scene(), 60, 40, false);
        List<String> painted = DemoShow.lines(scene(), 60, 40, true);

        assertThat(plain).noneMatch(line -> line.contains("\033"));
        assertThat(painted).anyMatch(line -> line.contains("\033[1;31m"));
        assertThat(painted.stream().map(line -> line.replaceAll("\033\\[[0-9;]*m", "")))
                .containsExactlyElementsOf(plain);
    }

    @Test
    void letsNoNameMoveTheCursor() {
        made.decided("xcp", 20, new Decision.HostDoubted("xcp-1"), "it says \033[2J\r\n\u202eabc");

        assertThat(DemoShow.lines(scene(), 160, 50, true))
                .noneMatch(line -> line.contains("\033[2J") || line.contains("\r"));
        assertThat(new PlainLines(made.story).news(scene())).noneMatch(line -> line.contains("\033"));
    }

    @Test
    void addsOnlyWhatIsNewAsPlainLines() {
        PlainLines lines = new PlainLines(made.story);

        assertThat(lines.news(scene()))
                .anyMatch(line ->
                        line.startsWith("0:30  FAULT  " + sick.name() + " on " + sick.host() + ": it is deadlocked"))
                .anyMatch(line -> line.contains("TRAP   "));
        assertThat(lines.news(scene())).isEmpty();

        climbing();
        assertThat(lines.news(scene()))
                .containsExactly("0:30  " + sick.name() + ": ordered clean reboot (two witnesses agree)");

        made.called(Fault.ASLEEP, 28, Phase.CONFIRMED).recover(Fault.ASLEEP, 28);
        ends = report().faults();
        assertThat(lines.news(scene()))
                .containsExactly("0:30  END    " + sick.name() + " on " + sick.host()
                        + " answers again, 21.5 s after its fault");
        assertThat(lines.news(scene())).isEmpty();
    }

    @Test
    void saysInTheEndWhatBecameOfEachAndWhatToTryNext() {
        made.called(Fault.ASLEEP, 20, Phase.CONFIRMED).recover(Fault.ASLEEP, 28);
        made.ran(made.guest(Trap.PAUSED).host(), 30, "xl unpause " + made.domid(made.guest(Trap.PAUSED)));

        String closing = String.join("\n", Closing.lines(made.story, report(), 160, false));

        assertThat(closing)
                .contains("✔ " + sick.name() + " on " + sick.host())
                .contains("answers after 21.5 s")
                .contains("✖ touched: " + made.guest(Trap.PAUSED).name())
                .contains("✔ untouched: " + made.guest(Trap.BUSY).name())
                .contains("1 commands reached somebody who was well")
                .contains("xl unpause ")
                .contains("NOT all is well. 6 faults: 1 recovered, 0 explained")
                .contains("./paramedic doctor root@HOST");
    }

    @Test
    void followsTheBookOfLeases() {
        Scope vm = new Scope.Vm("xcp", "xcp-1", new VmId.ByUuid(sick.vm()));
        UUID lease = UUID.randomUUID();
        LeaseRecord.Claim claim =
                new LeaseRecord.Claim(lease, vm, UUID.randomUUID(), "actuator-1", Duration.ofSeconds(60));
        HeldLeases held = HeldLeases.NONE.after(claim, Made.at(0));
        LeaseRecord.Claim second = new LeaseRecord.Claim(
                UUID.randomUUID(), new Scope.Host("xcp", "xcp-1"), UUID.randomUUID(), "other", Duration.ofSeconds(60));

        assertThat(held.after(second, Made.at(10)).held())
                .extracting(HeldLeases.Held::by)
                .containsExactly("actuator-1");
        assertThat(held.at(Made.at(61)).held()).isEmpty();
        assertThat(held.after(second, Made.at(61)).held())
                .extracting(HeldLeases.Held::by)
                .containsExactly("other");
        HeldLeases renewed =
                held.after(new LeaseRecord.Renewal(lease, vm, "actuator-1", Duration.ofSeconds(60)), Made.at(50));
        assertThat(renewed.at(Made.at(100)).held()).hasSize(1);
        assertThat(renewed.after(new LeaseRecord.Release(lease, vm, "actuator-1"), Made.at(51))
                        .held())
                .isEmpty();
    }

    private void climbing() {
        UUID id = UUID.randomUUID();
        var attempt = made.attempt(Fault.ASLEEP, id, null);
        made.book.incident(made.incident(
                Fault.ASLEEP,
                Verdict.HUNG,
                Phase.ACTING,
                27,
                List.of(attempt),
                "its heartbeat stands still for 15 s",
                "its probe does not answer"));
        made.overview(sick.host(), Standing.TRUSTED, List.of(Made.domain(4, sick, Verdict.HUNG)));
        made.decided(
                made.pool(sick),
                27,
                new Decision.StepOrdered("incident-" + Fault.ASLEEP.ordinal(), attempt.command()),
                "");
        made.book.lease(
                new LeaseRecord.Claim(
                        UUID.randomUUID(), attempt.command().scope(), id, "actuator-1", Duration.ofSeconds(60)),
                Made.at(27));
    }

    @Test
    void showsHowFarTheLadderWasClimbed() {
        var attempts = List.of(
                made.attempt(Fault.ASLEEP, UUID.randomUUID(), new Outcome.Ineffective("not taken")),
                made.attempt(Fault.ASLEEP, UUID.randomUUID(), new Outcome.Done("gone")));

        assertThat(Narrator.ladder(made.incident(Fault.ASLEEP, Verdict.HUNG, Phase.ACTING, 30, attempts)))
                .isEqualTo("clean reboot: ineffective → clean reboot: done");
    }

    private DemoReport report() {
        return Reckoning.report(
                made.story,
                10,
                Duration.ofSeconds(60),
                made.faults,
                made.accounts(),
                made.book.heard(),
                new ReadOnlyCommands(List.of()));
    }

    private Scene scene() {
        return new Scene(
                made.story,
                10,
                Duration.ofSeconds(30),
                Made.at(30),
                "Things go wrong.",
                made.faults,
                made.story.guests().stream()
                        .filter(guest -> guest.trap() != null)
                        .toList(),
                ends,
                made.book.heard());
    }
}
