package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.Care;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.judgement.DomainJudgement;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.diagnosis.Verdict.Severity;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.journal.Decision;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Opens an incident where a domain looks sick and none is open about it. */
final class Suspicions {
    /** A suspicion is told after this part of the time in which it would be confirmed. */
    private static final int EARLY = 4;
    /** Those beyond are opened at the next beat: one turn must not take long, however much is sick. */
    private static final int MOST_AT_ONCE = 50;

    private Suspicions() {}

    /** What incidents are open about domains; and how many were opened since. */
    static final class Known {
        private final Set<Incarnation> lives = new HashSet<>();
        private final Set<VmId> tried = new HashSet<>();
        private int opened;

        private void add(IncidentState incident) {
            Incarnation life = incident.incarnation();
            VmId vm = incident.vm();
            if (life != null) {
                lives.add(life);
            }
            if (vm != null && !incident.shown().attempts().isEmpty()) {
                tried.add(vm);
            }
        }

        /** Of this life, or of this VM while something that we did about it is not over. */
        private boolean covers(DomainState domain) {
            return lives.contains(domain.incarnation()) || (domain.vm() != null && tried.contains(domain.vm()));
        }
    }

    static Known known(Turn turn) {
        Known known = new Known();
        turn.open().stream()
                .filter(incident -> incident.shown().subject() instanceof Subject.Domain)
                .forEach(known::add);
        return known;
    }

    static void consider(Turn turn, HostState host, DomainState domain, Known known) {
        boolean addressable = domain.domid() > 0 && domain.domid() <= Incarnation.HIGHEST_DOMID;
        if (!addressable || known.opened >= MOST_AT_ONCE || known.covers(domain)) {
            return;
        }
        DomainJudgement judgement = DomainJudgement.of(host, domain, turn.policy(), turn.networkWorks());
        if (!tells(turn, judgement)) {
            return;
        }
        String id = turn.draw("incident").toString();
        Subject subject = new Subject.Domain(domain.incarnation(), domain.vm());
        turn.note(
                new Decision.IncidentOpened(id, subject, judgement.finding()),
                "a domain looks sick",
                judgement.rules());
        IncidentState opened = new IncidentState(
                Showing.opened(turn, id, subject, judgement.finding(), judgement.rules()), Care.BEGIN, null);
        Showing.put(turn, opened);
        known.add(opened);
        known.opened++;
        Causes.consider(turn, id);
        turn.incidentsDue.add(id);
    }

    private static boolean tells(Turn turn, DomainJudgement judgement) {
        Verdict verdict = judgement.verdict();
        Duration patience = turn.policy().patience().of(verdict);
        return verdict != Verdict.UNDECIDED
                && switch (verdict.severity()) {
                    case OK -> false;
                    case SICK -> true;
                    case SUSPECT -> judgement.persisted().compareTo(patience.dividedBy(EARLY)) >= 0;
                };
    }

    /** What may share a cause with others. What is dead already, or was never right, does not. */
    static boolean mayShareCause(IncidentState incident) {
        Verdict verdict = incident.shown().finding().verdict();
        return incident.shown().subject() instanceof Subject.Domain
                && verdict.severity() != Severity.OK
                && verdict != Verdict.ZOMBIE
                && verdict != Verdict.HALF_DESTROYED
                && verdict != Verdict.GRANT_TABLE_NEARLY_FULL
                && verdict != Verdict.ORPHAN;
    }
}
