package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.incident.Check;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Incident.Next;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Proposal;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.journal.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes what people see of an incident, journals each phase, and shows it again only where it tells something new. */
final class Showing {
    /** Sentences whose numbers alone changed are shown again after this long. */
    private static final Duration REFRESH = Duration.ofSeconds(15);
    /** How long a closed incident stays on the screen. */
    private static final Duration KEPT = Duration.ofHours(1);

    private static final int LONGEST = 600;
    private static final int MOST = 12;

    private Showing() {}

    static Incident opened(Turn turn, String id, Subject subject, Finding finding, List<Check> rules) {
        return new Incident(
                turn.pool(),
                id,
                subject,
                Phase.SUSPECTED,
                turn.policy().mode(),
                cut(finding),
                rules,
                List.of(),
                List.of(),
                null,
                null,
                null,
                turn.now(),
                turn.now(),
                null);
    }

    /** Stores an incident; journals a new phase and shows what changed. */
    static void put(Turn turn, IncidentState now) {
        IncidentState before = turn.incident(now.id());
        if (before != null && before.phase() != now.phase()) {
            turn.note(
                    new Decision.PhaseChanged(now.id(), before.phase(), now.phase()),
                    reason(now),
                    now.phase() == Phase.CONFIRMED ? now.shown().rules() : List.of());
        }
        if (before != null && !worthTelling(before.shown(), now.shown(), turn)) {
            turn.put(now.with(before.shown()));
            return;
        }
        IncidentState changed = now.with(changed(now.shown(), turn));
        turn.put(changed);
        if (turn.live()) {
            turn.leave(new Effect.Show(changed.shown()));
        }
    }

    private static boolean worthTelling(Incident before, Incident now, Turn turn) {
        boolean stale = !turn.now().isBefore(before.changed().plus(REFRESH));
        return telling(before, now) || (stale && !before.equals(now));
    }

    private static String reason(IncidentState incident) {
        Next next = incident.shown().next();
        return next == null ? "see the incident's rules and guards" : next.what();
    }

    private static boolean telling(Incident a, Incident b) {
        return a.phase() != b.phase()
                || a.finding().verdict() != b.finding().verdict()
                || !a.subject().equals(b.subject())
                || !sameAnswers(a.rules(), b.rules())
                || !sameAnswers(a.guards(), b.guards())
                || !a.attempts().equals(b.attempts())
                || !Objects.equals(a.cause(), b.cause())
                || !Objects.equals(a.proposal(), b.proposal())
                || !Objects.equals(what(a.next()), what(b.next()))
                || !Objects.equals(a.closed(), b.closed());
    }

    private static @Nullable String what(@Nullable Next next) {
        return next == null ? null : next.what();
    }

    private static boolean sameAnswers(List<Check> a, List<Check> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (a.get(i).holds() != b.get(i).holds()
                    || !a.get(i).name().equals(b.get(i).name())) {
                return false;
            }
        }
        return true;
    }

    private static Incident changed(Incident i, Turn turn) {
        return new Incident(
                i.pool(),
                i.id(),
                i.subject(),
                i.phase(),
                turn.policy().mode(),
                i.finding(),
                i.rules(),
                i.guards(),
                i.attempts(),
                i.cause(),
                i.proposal(),
                i.next(),
                i.opened(),
                turn.now(),
                i.closed());
    }

    static IncidentState phase(IncidentState s, Phase phase, String next, @Nullable Instant due) {
        Incident i = s.shown();
        return s.with(new Incident(
                i.pool(),
                i.id(),
                i.subject(),
                phase,
                i.mode(),
                i.finding(),
                i.rules(),
                i.guards(),
                i.attempts(),
                i.cause(),
                i.proposal(),
                new Next(next, due),
                i.opened(),
                i.changed(),
                i.closed()));
    }

    static IncidentState found(IncidentState s, Finding finding, List<Check> rules) {
        Incident i = s.shown();
        return s.with(new Incident(
                i.pool(),
                i.id(),
                i.subject(),
                i.phase(),
                i.mode(),
                cut(finding),
                rules,
                i.guards(),
                i.attempts(),
                i.cause(),
                i.proposal(),
                i.next(),
                i.opened(),
                i.changed(),
                i.closed()));
    }

    static IncidentState guarded(IncidentState s, List<Check> guards) {
        Incident i = s.shown();
        return s.with(new Incident(
                i.pool(),
                i.id(),
                i.subject(),
                i.phase(),
                i.mode(),
                i.finding(),
                i.rules(),
                guards,
                i.attempts(),
                i.cause(),
                i.proposal(),
                i.next(),
                i.opened(),
                i.changed(),
                i.closed()));
    }

    static IncidentState proposed(IncidentState s, @Nullable Proposal proposal) {
        Incident i = s.shown();
        return s.with(new Incident(
                i.pool(),
                i.id(),
                i.subject(),
                i.phase(),
                i.mode(),
                i.finding(),
                i.rules(),
                i.guards(),
                i.attempts(),
                i.cause(),
                proposal,
                i.next(),
                i.opened(),
                i.changed(),
                i.closed()));
    }

    static IncidentState causedBy(IncidentState s, @Nullable String cause) {
        Incident i = s.shown();
        return s.with(new Incident(
                i.pool(),
                i.id(),
                i.subject(),
                i.phase(),
                i.mode(),
                i.finding(),
                i.rules(),
                i.guards(),
                i.attempts(),
                cause,
                i.proposal(),
                i.next(),
                i.opened(),
                i.changed(),
                i.closed()));
    }

    static IncidentState about(IncidentState s, Subject subject) {
        Incident i = s.shown();
        return s.with(new Incident(
                i.pool(),
                i.id(),
                subject,
                i.phase(),
                i.mode(),
                i.finding(),
                i.rules(),
                i.guards(),
                i.attempts(),
                i.cause(),
                i.proposal(),
                i.next(),
                i.opened(),
                i.changed(),
                i.closed()));
    }

    static IncidentState attempted(IncidentState s, List<Incident.Attempt> attempts) {
        Incident i = s.shown();
        List<Incident.Attempt> last =
                attempts.size() <= MOST ? attempts : attempts.subList(attempts.size() - MOST, attempts.size());
        return s.with(new Incident(
                i.pool(),
                i.id(),
                i.subject(),
                i.phase(),
                i.mode(),
                i.finding(),
                i.rules(),
                i.guards(),
                last,
                i.cause(),
                i.proposal(),
                i.next(),
                i.opened(),
                i.changed(),
                i.closed()));
    }

    /** Over; it stays on the screen for a while. */
    static void close(Turn turn, IncidentState s, String why) {
        IncidentState over = phase(proposed(causedBy(s, null), null), Phase.RECOVERED, why, null);
        Incident i = over.shown();
        Incident closed = new Incident(
                i.pool(),
                i.id(),
                i.subject(),
                i.phase(),
                i.mode(),
                i.finding(),
                i.rules(),
                i.guards(),
                i.attempts(),
                i.cause(),
                i.proposal(),
                null,
                i.opened(),
                i.changed(),
                turn.now());
        IncidentState before = turn.incident(s.id());
        if (before != null && before.phase() != Phase.RECOVERED) {
            turn.note(new Decision.PhaseChanged(s.id(), before.phase(), Phase.RECOVERED), why);
        }
        IncidentState kept =
                over.with(changed(closed, turn)).wakingAt(turn.now().plus(KEPT));
        turn.put(kept);
        turn.leave(new Effect.Show(kept.shown()));
    }

    /** Names and command lines are what guests and their owners made them; a record stays within what a topic takes. */
    static Finding cut(Finding finding) {
        return new Finding(
                finding.verdict(),
                cut(finding.evidence()),
                cut(finding.advice()),
                cut(finding.harmful()),
                finding.source());
    }

    private static List<String> cut(List<String> sentences) {
        return sentences.stream().limit(MOST).map(Showing::cut).toList();
    }

    static Decision cut(Decision decision) {
        return decision instanceof Decision.IncidentOpened(String incident, Subject subject, Finding finding)
                ? new Decision.IncidentOpened(incident, subject, cut(finding))
                : decision;
    }

    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
