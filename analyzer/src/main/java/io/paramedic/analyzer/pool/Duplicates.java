package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.Care;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Check;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.observation.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One VM that runs on two hosts at once. A migration looks like it for a while; when it lasts, a person is told at once. */
final class Duplicates {
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private Duplicates() {}

    static void review(Turn turn, VmId vm) {
        List<DomainState> running = turn.copiesOf(vm).stream()
                .filter(domain -> domain.watched().observation().condition() instanceof Condition.Running)
                .filter(domain -> domain.verdict() != Verdict.IN_FLIGHT && domain.verdict() != Verdict.CONTROL_DOMAIN)
                .filter(domain -> reliable(turn, domain.host()))
                .toList();
        boolean twice = running.stream().map(DomainState::host).distinct().count() > 1;
        IncidentState known = turn.open().stream()
                .filter(i ->
                        i.shown().subject() instanceof Subject.Vm of && of.vm().equals(vm))
                .findFirst()
                .orElse(null);
        if (twice) {
            tell(turn, vm, running, known);
        } else if (known != null) {
            ended(turn, known);
        }
    }

    private static boolean left(Turn turn, String name) {
        HostState host = turn.host(name);
        return host == null || host.left();
    }

    private static boolean reliable(Turn turn, String name) {
        HostState host = turn.host(name);
        return host != null && Fleet.reliable(turn, host);
    }

    private static void tell(Turn turn, VmId vm, List<DomainState> running, @Nullable IncidentState known) {
        List<Incarnation> where = running.stream().map(DomainState::incarnation).toList();
        Finding finding = new Finding(
                Verdict.DUPLICATE,
                where.stream()
                        .map(i -> "it runs on " + i.host() + " as domid " + i.domid())
                        .toList(),
                List.of(
                        "get a person at once: if both run, they write to the same disks",
                        "look for a migration under way first; hosts before 2018 look like this during one"),
                List.of("starting, resetting or destroying either before it is known which one the users reach"),
                "toolstack facts §8 rows 20 and 21");
        Instant opened = known == null ? turn.now() : known.shown().opened();
        Instant due = opened.plus(turn.policy().patience().of(Verdict.DUPLICATE));
        boolean confirmed = !turn.now().isBefore(due);
        List<Check> rules = List.of(new Check("persists", confirmed, "seen in more than one domain since " + opened));
        IncidentState now = known;
        Subject subject = new Subject.Vm(vm, where);
        if (now == null) {
            String id = turn.draw("incident").toString();
            turn.note(new Decision.IncidentOpened(id, subject, finding), "one VM seems to run twice", rules);
            now = new IncidentState(Showing.opened(turn, id, subject, finding, rules), Care.BEGIN, null);
        }
        now = Showing.about(Showing.found(now, finding, rules), subject)
                .wakingAt(turn.now().plus(AGAIN));
        Showing.put(
                turn,
                Showing.phase(
                        now,
                        confirmed ? Phase.CONFIRMED : Phase.SUSPECTED,
                        confirmed ? "a person decides which copy is the right one" : "it is seen whether it lasts",
                        confirmed ? null : due));
    }

    /** Absence is believed only of hosts of which everything is known. */
    private static void ended(Turn turn, IncidentState known) {
        boolean allKnown = known.shown().subject() instanceof Subject.Vm of
                && of.incarnations().stream().allMatch(i -> left(turn, i.host()) || reliable(turn, i.host()));
        if (allKnown) {
            Showing.close(turn, known, "only one copy is seen");
        } else {
            turn.put(known.wakingAt(turn.now().plus(AGAIN)));
        }
    }
}
