package io.paramedic.analyzer.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.observation.ShutdownReason;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several at once, and what people hold back. */
class CommonCauseTest {
    private final ALog log = new ALog();

    private AHostOnTheLog host() {
        AHostOnTheLog host = log.host(
                "xen-1",
                Toolstack.XL,
                IntStream.rangeClosed(1, 10)
                        .mapToObj(i -> AGuest.named("vm" + i, i))
                        .toArray(AGuest[]::new));
        log.acts();
        log.pass(600);
        return host;
    }

    private void crash(AHostOnTheLog host, int domid) {
        log.feed(host.is(
                AGuest.named("vm" + domid, domid).stopped(ShutdownReason.CRASH).seen()));
    }

    @Test
    void threeSuspectsOnOneHostBecomeOneIncidentThatInhibitsThem() {
        AHostOnTheLog host = host();
        for (int domid = 1; domid <= 3; domid++) {
            crash(host, domid);
            log.pass(5);
        }
        log.pass(300);

        assertThat(log.orders()).isEmpty();
        List<Incident> causes = log.incidents().stream()
                .filter(i -> i.subject() instanceof Subject.CommonCause)
                .toList();
        assertThat(causes).hasSize(1);
        assertThat(log.incidents().stream().filter(i -> i.phase() == Phase.INHIBITED))
                .hasSize(3);

        for (int domid = 1; domid <= 2; domid++) {
            log.feed(host.is(AGuest.named("vm" + domid, domid).seen()));
        }
        log.pass(200);
        assertThat(log.orders()).as("calm must last").isEmpty();
        log.pass(400);

        assertThat(log.orders()).hasSize(1);
    }

    @Test
    void oneAfterAnotherIsRecoveredOnOneHost() {
        AHostOnTheLog host = host();
        crash(host, 1);
        log.pass(5);
        crash(host, 2);
        log.pass(120);

        assertThat(log.orders()).hasSize(1);
        assertThat(log.decided(Decision.StepWithheld.class))
                .anyMatch(withheld -> withheld.guard().equals("no command out"));
    }

    @Test
    void aHoldWithholdsAndItsReleaseDerivesAnew() {
        AHostOnTheLog host = host();
        UUID hold = new UUID(5, 5);
        Scope scope = new Scope.Host(ALog.POOL, "xen-1");
        log.feed(new Control.TakeHold(hold, scope, "ann", "works here", null));
        crash(host, 1);
        log.pass(300);
        assertThat(log.orders()).isEmpty();
        assertThat(log.decided(Decision.StepWithheld.class))
                .singleElement()
                .matches(w -> w.guard().equals("no hold"));

        log.feed(new Control.ReleaseHold(new UUID(5, 6), scope, hold, "ann", ""));
        log.pass(3);

        assertThat(log.orders()).hasSize(1);
    }

    @Test
    void anOrderThatIsSentTwiceIsTakenOnce() {
        host();
        Control pause = new Control.Pause(new UUID(5, 5), new Scope.Pool(ALog.POOL), "ann", "", null);
        log.feed(pause);
        log.feed(pause);

        assertThat(log.decided(Decision.ControlTaken.class))
                .extracting(Decision.ControlTaken::applied)
                .containsExactly(true, false);
    }
}
