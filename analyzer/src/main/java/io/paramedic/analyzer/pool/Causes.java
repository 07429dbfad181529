package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.Care;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.incident.Check;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.observation.DomainSignals.Configuration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Several suspects within a short time that share a host or a storage have one cause, and treating them one by one would do
 * harm. They become one incident, under which none of them is touched until it has been calm for a while.
 */
final class Causes {
    private static final String STORAGE_LABEL = "storage";

    private Causes() {}

    /** Called when an incident was opened. */
    static void consider(Turn turn, String id) {
        IncidentState incident = turn.incident(id);
        if (incident == null || !Suspicions.mayShareCause(incident)) {
            return;
        }
        for (String group : groups(turn, incident)) {
            IncidentState cause = open(turn, group);
            List<IncidentState> members = members(turn, group);
            if (cause == null && members.size() >= turn.policy().guards().suspects()) {
                cause = begin(turn, group, members);
            }
            if (cause != null) {
                String found = cause.id();
                members.stream()
                        .filter(member -> member.shown().cause() == null)
                        .forEach(member -> inhibit(turn, member, found));
                review(turn, found);
            }
        }
    }

    /** Ends a cause when too few of its members are sick any more, for long enough. */
    static void review(Turn turn, String id) {
        IncidentState cause = turn.incident(id);
        if (cause == null || !cause.open()) {
            return;
        }
        long sick = turn.open().stream()
                .filter(member -> id.equals(member.shown().cause()))
                .count();
        Instant end = cause.care().until();
        if (sick >= turn.policy().guards().suspects()) {
            if (end != null) {
                Care care = cause.care().ended(cause.care().stage(), null, turn.now(), null);
                Showing.put(turn, told(cause.with(care)).wakingAt(null));
            }
        } else if (end == null) {
            Instant calm = turn.now().plus(turn.policy().guards().calm());
            Care care = cause.care().ended(cause.care().stage(), null, turn.now(), calm);
            IncidentState waiting =
                    Showing.phase(cause.with(care), Phase.CONFIRMED, "it ends when it has been calm for a while", calm);
            Showing.put(turn, waiting.wakingAt(calm));
        } else if (!turn.now().isBefore(end)) {
            Showing.close(turn, cause, "it has been calm for long enough");
            turn.open().stream()
                    .filter(member -> id.equals(member.shown().cause()))
                    .forEach(member -> release(turn, member));
        } else if (cause.wake() == null) {
            turn.put(cause.wakingAt(end));
        }
    }

    private static IncidentState begin(Turn turn, String group, List<IncidentState> members) {
        Set<String> hosts = new TreeSet<>();
        members.forEach(member -> {
            Incarnation incarnation = member.incarnation();
            if (incarnation != null) {
                hosts.add(incarnation.host());
            }
        });
        Finding finding = new Finding(
                Verdict.STORAGE_STALL_SUSPECTED,
                members.stream()
                        .map(member -> "suspect: " + member.shown().subject())
                        .toList(),
                List.of("look at what they share first: " + group, "then at each of them, when that is mended"),
                List.of("killing guest after guest: they share one cause"),
                "toolstack facts §5.3, §8 rows 6, 7 and 40");
        Subject subject = new Subject.CommonCause(group, List.copyOf(hosts));
        List<Check> rules = List.of(new Check(
                "suspects at once",
                true,
                members.size() + " within "
                        + turn.policy().guards().window().toSeconds() + " s share " + group + ", policy takes "
                        + turn.policy().guards().suspects() + " for a common cause"));
        String id = turn.draw("incident").toString();
        turn.note(new Decision.IncidentOpened(id, subject, finding), "several suspects share " + group, rules);
        IncidentState cause =
                told(new IncidentState(Showing.opened(turn, id, subject, finding, rules), Care.BEGIN, null));
        Showing.put(turn, cause);
        return cause;
    }

    private static IncidentState told(IncidentState cause) {
        return Showing.phase(
                cause, Phase.CONFIRMED, "a person looks at what they share; none of them is touched meanwhile", null);
    }

    private static void inhibit(Turn turn, IncidentState member, String cause) {
        IncidentState part = Showing.causedBy(member, cause);
        Showing.put(
                turn,
                part.care().underWay()
                        ? part
                        : Showing.phase(part, Phase.INHIBITED, "the common cause comes first", null));
        turn.incidentsDue.add(member.id());
    }

    private static void release(Turn turn, IncidentState member) {
        Showing.put(turn, Showing.causedBy(member, null));
        turn.incidentsDue.add(member.id());
    }

    private static @Nullable IncidentState open(Turn turn, String group) {
        return turn.open().stream()
                .filter(i -> i.shown().subject() instanceof Subject.CommonCause of
                        && of.what().equals(group))
                .findFirst()
                .orElse(null);
    }

    private static List<IncidentState> members(Turn turn, String group) {
        Instant earliest = turn.now().minus(turn.policy().guards().window());
        return turn.open().stream()
                .filter(Suspicions::mayShareCause)
                .filter(incident -> !incident.shown().opened().isBefore(earliest))
                .filter(incident -> groups(turn, incident).contains(group))
                .toList();
    }

    private static Set<String> groups(Turn turn, IncidentState incident) {
        Incarnation incarnation = incident.incarnation();
        Set<String> groups = new TreeSet<>();
        if (incarnation == null) {
            return groups;
        }
        groups.add("host " + incarnation.host());
        HostState host = turn.host(incarnation.host());
        if (host != null && host.listed() != null) {
            String storage = host.listed().labels().get(STORAGE_LABEL);
            if (storage != null) {
                groups.add("storage " + storage);
            }
        }
        DomainState domain = Fleet.find(turn, incarnation);
        Configuration configuration =
                domain == null ? null : domain.watched().observation().signals().configuration();
        if (configuration != null) {
            configuration.disks().stream()
                    .filter(Causes::maybeShared)
                    .forEach(disk -> groups.add("storage " + disk.substring(0, disk.lastIndexOf('/'))));
        }
        return groups;
    }

    /** A directory of files; a device of the same name is another one on each host. */
    private static boolean maybeShared(String disk) {
        return disk.startsWith("/") && disk.lastIndexOf('/') > 0 && !disk.startsWith("/dev/");
    }
}
