package io.paramedic.schemas;

import static io.paramedic.schemas.CommandSamples.DESTROY;
import static io.paramedic.schemas.CommandSamples.DESTROY_WEB1;
import static io.paramedic.schemas.Samples.AT;
import static io.paramedic.schemas.Samples.BY_UUID;
import static io.paramedic.schemas.Samples.FINDING;
import static io.paramedic.schemas.Samples.HASH;
import static io.paramedic.schemas.Samples.POOL;
import static io.paramedic.schemas.Samples.TIME;
import static io.paramedic.schemas.Samples.TOKEN;
import static io.paramedic.schemas.Samples.WEB1;
import static io.paramedic.schemas.Samples.id;

import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.incident.Check;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Proposal;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.journal.Chain;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.wire.Shapes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people see of the story: the incident, and a journal with one entry for each kind of decision. */
final class JournalSamples {
    private static final Subject SUBJECT = new Subject.Domain(WEB1, BY_UUID);
    private static final Proposal PROPOSAL = new Proposal(id(80), DESTROY, "a clean reboot did not help", AT);
    private static final List<Check> RULES = List.of(
            new Check("no-progress", true, "0 ms of CPU time in 90 s"),
            new Check("device-model-dead", false, "pid 4242 is S"));

    private static final HostOverview OVERVIEW = new HostOverview(
            "north",
            "xen-a",
            Mode.ACT,
            true,
            HostOverview.Standing.TRUSTED,
            "all sightings are there",
            Toolstack.XL,
            TIME,
            List.of(FINDING),
            List.of(
                    new HostOverview.DomainLine(
                            12,
                            id(12),
                            BY_UUID,
                            "web1",
                            new Condition.Running(Activity.STUCK_IN_XEN),
                            Verdict.HUNG,
                            List.of("heartbeat", "probe"),
                            "web1-hung-1"),
                    new HostOverview.DomainLine(
                            13, id(13), null, null, new Condition.Dying(), Verdict.ZOMBIE, List.of(), null)),
            0,
            List.of("mia holds the host until 18:00: new memory"),
            AT);
    private static final HostOverview AWAITED = new HostOverview(
            "north",
            "xen-b",
            Mode.OBSERVE,
            false,
            HostOverview.Standing.AWAITED,
            "no collector has reported it yet",
            null,
            null,
            List.of(),
            List.of(),
            0,
            List.of(),
            AT);

    private JournalSamples() {}

    static Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        addIncidents(all);
        all.put("host-overview", OVERVIEW);
        all.put("host-overview.awaited", AWAITED);
        String previous = Chain.START;
        long number = 0;
        for (Decision decision : decisions()) {
            JournalEntry entry = entry(number++, previous, decision);
            previous = entry.hash();
            String kind = Shapes.nameOf(decision.getClass());
            all.put("journal-entry." + kind + (all.containsKey("journal-entry." + kind) ? "-2" : ""), entry);
        }
        return all;
    }

    /** The entries of {@link #all} as one chain. */
    static List<JournalEntry> chain() {
        return all().values().stream()
                .filter(JournalEntry.class::isInstance)
                .map(JournalEntry.class::cast)
                .toList();
    }

    static JournalEntry entry(long number, String previous, Decision decision) {
        return Chain.seal(new JournalEntry(
                "north",
                number,
                previous,
                AT,
                new JournalEntry.Cause(3, 1_000_000 + number),
                "0.1.0",
                3,
                Mode.ACT,
                decision,
                "two witnesses for 90 s",
                RULES,
                Chain.START));
    }

    private static List<Decision> decisions() {
        return List.of(
                new Decision.LivenessChanged(true),
                new Decision.HostDoubted("xen-a"),
                new Decision.HostTrusted("xen-a"),
                new Decision.PolicyTaken(3, HASH),
                new Decision.IncidentOpened("i-17", SUBJECT, FINDING),
                new Decision.PhaseChanged("i-17", Phase.SUSPECTED, Phase.CONFIRMED),
                new Decision.StepWithheld("i-17", DESTROY, "budget"),
                new Decision.StepWithheld("i-17", null, "start-up-grace"),
                new Decision.StepRehearsed("i-17", DESTROY),
                new Decision.StepProposed("i-17", PROPOSAL),
                new Decision.ControlTaken(new Control.Resume(id(71), POOL, "mia", "done"), false),
                new Decision.StepOrdered("i-17", DESTROY_WEB1),
                new Decision.OutcomeTaken("i-17", id(50), new Outcome.Done("domid 12 is not listed")));
    }

    private static void addIncidents(Map<String, Object> all) {
        StepOutcome outcome = (StepOutcome) EventSamples.all().get("step-outcome.done");
        all.put(
                "incident",
                new Incident(
                        "north",
                        "i-17",
                        SUBJECT,
                        Phase.VERIFYING,
                        Mode.ACT,
                        FINDING,
                        RULES,
                        List.of(new Check("budget", true, "1 of 3 this hour")),
                        List.of(new Incident.Attempt(DESTROY_WEB1, TOKEN, outcome)),
                        "i-16",
                        PROPOSAL,
                        new Incident.Next("start web1", AT),
                        AT,
                        AT,
                        AT));
        all.put(
                "incident.open-domain",
                open(new Subject.Domain(WEB1, null), new Incident.Next("a person looks", null)));
        all.put("incident.vm", open(new Subject.Vm(BY_UUID, List.of(WEB1)), new Incident.Next("a person looks", null)));
        all.put("incident.host", open(new Subject.Host("xen-a"), null));
        all.put("incident.common-cause", open(new Subject.CommonCause("san-1", List.of("xen-a", "xen-b")), null));
    }

    private static Incident open(Subject subject, Incident.@Nullable Next next) {
        return new Incident(
                "north",
                "i-16",
                subject,
                Phase.CONFIRMED,
                Mode.OBSERVE,
                FINDING,
                List.of(),
                List.of(),
                List.of(new Incident.Attempt(DESTROY_WEB1, null, null)),
                null,
                null,
                next,
                AT,
                AT,
                null);
    }
}
