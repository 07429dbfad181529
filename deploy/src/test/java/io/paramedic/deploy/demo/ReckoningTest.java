package io.paramedic.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.deploy.demo.DemoReport.End;
import io.paramedic.deploy.demo.DemoReport.FaultLine;
import io.paramedic.deploy.demo.DemoReport.IncidentLine;
import io.paramedic.deploy.simulation.account.ReadOnlyCommands;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.journal.Decision;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The report follows from what the hosts recorded, whatever Paramedic says of itself. */
class ReckoningTest {
    private final Made made = new Made(1).allFaults();

    @Test
    void passesWhenEveryFaultIsRecoveredAndTheZombieExplained() {
        everythingWentWell();

        DemoReport report = report();

        assertThat(report.touches()).isEmpty();
        assertThat(report.passed()).isTrue();
        assertThat(report.injected()).isEqualTo(6);
        assertThat(report.recovered()).isEqualTo(5);
        assertThat(report.explained()).isEqualTo(1);
        FaultLine spins = line(report, Fault.SPINS);
        assertThat(spins.toVerdict()).isEqualTo(Duration.ofSeconds(15));
        assertThat(spins.toRecovery()).isEqualTo(Duration.ofMillis(23_500));
    }

    @Test
    void failsWhenNothingHappened() {
        assertThat(report().passed()).isFalse();
        assertThat(report().faults()).extracting(FaultLine::end).containsOnly(End.OPEN);
    }

    @Test
    void failsWhenNoFaultEverBefell() {
        made.faults.clear();

        assertThat(report().passed()).isFalse();
    }

    @Test
    void doesNotBelieveAnIncidentThatSaysRecovered() {
        everythingWentWell();
        made.noLongerAnswers(Fault.SPINS).called(Fault.SPINS, 60, Phase.RECOVERED);

        assertThat(line(report(), Fault.SPINS).end()).isEqualTo(End.OPEN);
        assertThat(report().passed()).isFalse();
    }

    @Test
    void wantsANewIncarnationAndNotTheOldOneThatWokeUp() {
        Made other = new Made(1);
        other.inject(Fault.SPINS, 10);
        other.called(Fault.SPINS, 20, Phase.CONFIRMED);
        other.wakesUp(Fault.SPINS);

        assertThat(report(other).faults()).extracting(FaultLine::end).containsOnly(End.OPEN);
    }

    @ParameterizedTest
    @EnumSource(Trap.class)
    void failsWhenAGuestThatIsWellIsTouchedEvenInVain(Trap trap) {
        everythingWentWell();
        Story.Guest guest = made.guest(trap);
        made.ran(guest.host(), 30, "xl reboot " + made.domid(guest));

        assertThat(report().healthyVmsTouched()).isEqualTo(1);
        assertThat(report().touches().getFirst().vms()).containsExactly(guest.vm());
        assertThat(report().passed()).isFalse();
    }

    @Test
    void failsWhenAnUnknownCommandWasRun() {
        everythingWentWell();
        made.ran(made.guest(Trap.IDLE).host(), 30, "frobnicate --all");

        assertThat(report().healthyVmsTouched()).isEqualTo(1);
        assertThat(report().passed()).isFalse();
    }

    @Test
    void failsWhenAGuestWasTouchedBeforeItsFaultOrAfterItsRecovery() {
        everythingWentWell();
        Injected spins = made.faults.getFirst();
        made.ran(spins.host(), 9, "xl pause " + spins.domid());
        assertThat(report().healthyVmsTouched()).as("before").isEqualTo(1);

        made.ran(spins.host(), 50, "xe vm-reboot uuid=" + spins.vm());
        assertThat(report().healthyVmsTouched()).as("after").isEqualTo(2);
    }

    @Test
    void failsWhenTheNewIncarnationIsHitBeforeItAnswers() {
        everythingWentWell();
        Story.Guest guest = made.guest(Fault.SPINS);
        made.ran(guest.host(), 32, "xl destroy " + made.domid(guest));

        assertThat(report().healthyVmsTouched()).isEqualTo(1);
    }

    @Test
    void failsWhenAnActWasDoneTwice() {
        everythingWentWell();
        assertThat(report().duplicateActions()).isZero();

        made.startAgain(Fault.CRASHED, 31.2);

        assertThat(report().duplicateActions()).isEqualTo(1);
        assertThat(report().passed()).isFalse();
    }

    @Test
    void wantsAZombieExplainedByItsHolderAndLeftAlone() {
        everythingWentWell();
        assertThat(line(report(), Fault.ZOMBIE).end()).isEqualTo(End.EXPLAINED);

        Story.Guest zombie = made.guest(Fault.ZOMBIE);
        made.ran(zombie.host(), 40, "xl destroy " + made.domid(zombie));

        assertThat(line(report(), Fault.ZOMBIE).end()).isEqualTo(End.OPEN);
        assertThat(report().passed()).isFalse();
    }

    @Test
    void doesNotTakeAZombieForExplainedWithoutItsHolder() {
        made.called(Fault.ZOMBIE, 20, Phase.CONFIRMED, "something holds it; 9812 pages");
        assertThat(line(report(), Fault.ZOMBIE).end()).isEqualTo(End.OPEN);

        made.called(Fault.ZOMBIE, 21, Phase.SUSPECTED, "process 812 names it");
        assertThat(line(report(), Fault.ZOMBIE).end()).isEqualTo(End.OPEN);

        made.called(Fault.ZOMBIE, 22, Phase.EXHAUSTED, "process 812 names it");
        assertThat(line(report(), Fault.ZOMBIE).end()).isEqualTo(End.EXPLAINED);
    }

    @Test
    void tellsTheRungsWithTheirTimes() {
        everythingWentWell();
        UUID id = UUID.randomUUID();
        var attempt = made.attempt(Fault.ASLEEP, id, new Outcome.Ineffective("the guest did not take it"));
        String incident = "incident-" + Fault.ASLEEP.ordinal();
        String pool = made.pool(made.guest(Fault.ASLEEP));
        made.book.incident(made.incident(Fault.ASLEEP, Verdict.HUNG, Phase.ACTING, 30, List.of(attempt), "no beat"));
        made.book.incident(made.incident(Fault.ASLEEP, Verdict.NOTHING_WRONG, Phase.RECOVERED, 50, List.of(attempt)));
        made.decided(pool, 26, new Decision.StepOrdered(incident, attempt.command()), "")
                .decided(pool, 33, new Decision.OutcomeTaken(incident, id, new Outcome.Ineffective("")), "");
        made.overview(
                made.guest(Fault.ASLEEP).host(),
                io.paramedic.schemas.overview.HostOverview.Standing.TRUSTED,
                List.of(Made.domain(
                        made.faults.get(1).domid(), made.guest(Fault.ASLEEP), Verdict.HUNG, "probe", "heartbeat")));

        IncidentLine line = report().incidents().stream()
                .filter(one -> one.fault() == Fault.ASLEEP)
                .findFirst()
                .orElseThrow();

        assertThat(line.verdict()).isEqualTo(Verdict.HUNG);
        assertThat(line.phase()).isEqualTo(Phase.RECOVERED);
        assertThat(line.evidence()).containsExactly("no beat");
        assertThat(line.witnesses()).containsExactly("heartbeat", "probe");
        assertThat(line.rungs()).singleElement().satisfies(rung -> {
            assertThat(rung.rung()).isEqualTo("clean reboot");
            assertThat(rung.start()).isEqualTo(Made.at(26));
            assertThat(rung.end()).isEqualTo(Made.at(33));
            assertThat(rung.outcome()).isEqualTo("ineffective");
        });
    }

    @Test
    void writesTheTotalsAndEachIncidentAsJson() {
        everythingWentWell();
        made.ran(made.guest(Trap.IDLE).host(), 30, "frobnicate --all");

        JsonNode json = JsonMapper.builder().build().readTree(ReportJson.of(report()));

        assertThat(json.get("passed").booleanValue()).isFalse();
        assertThat(json.get("healthyVmsTouched").intValue()).isEqualTo(1);
        assertThat(json.get("duplicateActions").intValue()).isZero();
        assertThat(json.get("faultsInjected").intValue()).isEqualTo(6);
        assertThat(json.get("faultsRecovered").intValue()).isEqualTo(5);
        assertThat(json.get("faultsExplained").intValue()).isEqualTo(1);
        assertThat(json.get("touches").get(0).get("command").stringValue()).isEqualTo("frobnicate --all");
        JsonNode incident = json.get("incidents").get(0);
        assertThat(incident.get("vm").stringValue()).isNotEmpty();
        assertThat(incident.get("faultToVerdictSeconds").doubleValue()).isEqualTo(15.0);
        assertThat(incident.get("faultToRecoverySeconds").doubleValue()).isEqualTo(23.5);
        assertThat(incident.get("rungs").isArray()).isTrue();
    }

    private void everythingWentWell() {
        for (Fault fault : Fault.values()) {
            made.called(fault, 12, Phase.SUSPECTED);
            made.called(fault, 25, Phase.CONFIRMED, "dom0 processes that name it: 812 qrexec-daemon");
            if (fault.curable()) {
                made.recover(fault, 30);
            }
        }
        for (Story.Host host : made.story.hosts()) {
            made.ran(host.name(), 20, "xl list -v").ran(host.name(), 20, "timeout -k 1 5 list_domains -all");
        }
    }

    private DemoReport report() {
        return report(made);
    }

    private static DemoReport report(Made made) {
        return Reckoning.report(
                made.story,
                10,
                Duration.ofSeconds(60),
                made.faults,
                made.accounts(),
                made.book.heard(),
                new ReadOnlyCommands(List.of()));
    }

    private static FaultLine line(DemoReport report, Fault fault) {
        return report.faults().stream()
                .filter(line -> line.injected().fault() == fault)
                .findFirst()
                .orElseThrow();
    }
}
