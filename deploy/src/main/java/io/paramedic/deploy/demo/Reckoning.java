package io.paramedic.deploy.demo;

import io.paramedic.deploy.demo.DemoReport.End;
import io.paramedic.deploy.demo.DemoReport.FaultLine;
import io.paramedic.deploy.demo.DemoReport.IncidentLine;
import io.paramedic.deploy.demo.DemoReport.RungLine;
import io.paramedic.deploy.simulation.account.Deed;
import io.paramedic.deploy.simulation.account.HostAccount;
import io.paramedic.deploy.simulation.account.Ledger;
import io.paramedic.deploy.simulation.account.ReadOnlyCommands;
import io.paramedic.deploy.simulation.model.Life;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes a {@link DemoReport} of what the hosts have recorded and what the topics have said. Pure. */
public final class Reckoning {
    private final Story story;
    private final List<Injected> faults;
    private final List<HostAccount> hosts;
    private final Heard heard;
    private final List<Deed> deeds;

    private Reckoning(
            Story story, List<Injected> faults, List<HostAccount> hosts, Heard heard, ReadOnlyCommands readOnly) {
        this.story = story;
        this.faults = List.copyOf(faults);
        this.hosts = List.copyOf(hosts);
        this.heard = heard;
        this.deeds = new Ledger(hosts, readOnly).deeds();
    }

    /**
     * @param faults that have befallen guests so far
     * @param hosts what each host knows now
     * @param heard what Paramedic said of itself
     */
    public static DemoReport report(
            Story story,
            double factor,
            Duration took,
            List<Injected> faults,
            List<HostAccount> hosts,
            Heard heard,
            ReadOnlyCommands readOnly) {
        Reckoning reckoning = new Reckoning(story, faults, hosts, heard, readOnly);
        List<Deed> touches = reckoning.touches();
        return new DemoReport(
                story.seed(),
                factor,
                took,
                faults.stream().map(reckoning::line).toList(),
                reckoning.incidents(),
                touches.size(),
                Ledger.duplicates(reckoning.deeds),
                touches);
    }

    private FaultLine line(Injected fault) {
        Optional<Instant> recovered = recovered(fault);
        boolean answers = recovered.isPresent()
                && hosts.stream().anyMatch(host -> host.answering().contains(fault.vm()));
        End end = fault.fault().curable()
                ? (answers ? End.RECOVERED : End.OPEN)
                : (explained(fault) ? End.EXPLAINED : End.OPEN);
        return new FaultLine(
                fault,
                end,
                verdict(fault).map(at -> since(fault, at)).orElse(null),
                recovered.map(at -> since(fault, at)).orElse(null));
    }

    private static Duration since(Injected fault, Instant at) {
        Duration passed = Duration.between(fault.at(), at);
        return passed.isNegative() ? Duration.ZERO : passed;
    }

    /** When a new incarnation of the VM, on whichever host, first answered. */
    private Optional<Instant> recovered(Injected fault) {
        return lives(fault.vm())
                .filter(life -> life.created().isAfter(fault.at()))
                .map(Life::answered)
                .flatMap(answered -> Optional.ofNullable(answered).stream())
                .min(Comparator.naturalOrder());
    }

    private Stream<Life> lives(UUID vm) {
        return hosts.stream()
                .flatMap(host -> host.lives().stream())
                .filter(life -> life.vm().equals(vm));
    }

    /** When an incident about it, with the right word, was more than a suspicion. */
    private Optional<Instant> verdict(Injected fault) {
        return heard.versions().stream()
                .filter(incident -> Subjects.isAbout(incident, fault) && rightly(incident, fault))
                .filter(incident -> incident.phase() != Phase.SUSPECTED)
                .map(Incident::changed)
                .min(Comparator.naturalOrder());
    }

    private static boolean rightly(Incident incident, Injected fault) {
        return incident.finding().verdict() == fault.fault().verdict();
    }

    /** The incident says zombie, quotes its holder, and nothing at all was done about it. */
    private boolean explained(Injected fault) {
        boolean named = heard.incidents().values().stream()
                .filter(incident -> Subjects.isAbout(incident, fault) && rightly(incident, fault))
                .filter(incident -> incident.phase() != Phase.SUSPECTED)
                .anyMatch(incident -> namesHolder(incident, fault));
        return named && deeds.stream().noneMatch(deed -> deed.vms().contains(fault.vm()));
    }

    private static boolean namesHolder(Incident incident, Injected fault) {
        Injected.Holder holder = fault.holder();
        return holder != null
                && incident.finding().evidence().stream()
                        .anyMatch(sentence -> sentence.contains(holder.commandLine())
                                || sentence.matches("(?s).*\\b" + holder.pid() + "\\b.*"));
    }

    private List<Deed> touches() {
        return deeds.stream().filter(Predicate.not(this::onlyOfTheSick)).toList();
    }

    /** A command that is about nobody is about everybody: it may have hit whom it does not name. */
    private boolean onlyOfTheSick(Deed deed) {
        return !deed.vms().isEmpty() && deed.vms().stream().allMatch(vm -> wasSick(vm, deed));
    }

    private boolean wasSick(UUID vm, Deed deed) {
        Instant started = deed.entry().started();
        return faults.stream()
                .filter(fault -> fault.vm().equals(vm) && !started.isBefore(fault.at()))
                .filter(fault -> recovered(fault).map(started::isBefore).orElse(true))
                .anyMatch(fault -> deed.lives().stream()
                        .filter(life -> life.vm().equals(vm))
                        .allMatch(life -> life.domid() == fault.domid() || madeBy(deed, life)));
    }

    /** The incarnation that a start makes is named by its own effect; any other that came after the fault is well. */
    private static boolean madeBy(Deed deed, Life life) {
        return deed.entry().effects().stream().anyMatch(effect -> effect.startsWith("created domain " + life.domid()));
    }

    private List<IncidentLine> incidents() {
        return heard.incidents().values().stream()
                .sorted(Comparator.comparing(Incident::opened))
                .map(this::line)
                .toList();
    }

    private IncidentLine line(Incident incident) {
        Optional<Injected> fault = faults.stream()
                .filter(injected -> Subjects.isAbout(incident, injected))
                .findFirst();
        Optional<FaultLine> line = fault.map(this::line);
        Incident shown = heard.gravest(incident);
        return new IncidentLine(
                incident.pool(),
                incident.id(),
                fault.map(Injected::fault).orElse(null),
                Subjects.of(story).name(incident.subject()),
                shown.finding().verdict(),
                incident.phase(),
                witnesses(incident),
                shown.finding().evidence(),
                incident.attempts().stream().map(this::rung).toList(),
                line.map(FaultLine::toVerdict).orElse(null),
                line.map(FaultLine::toRecovery).orElse(null));
    }

    private List<String> witnesses(Incident incident) {
        return switch (incident.subject()) {
            case Subject.Domain domain ->
                heard
                        .witnesses()
                        .getOrDefault(
                                domain.incarnation().host() + " "
                                        + domain.incarnation().domid(),
                                Set.of())
                        .stream()
                        .sorted()
                        .toList();
            case Subject.Vm _, Subject.Host _, Subject.CommonCause _ -> List.of();
        };
    }

    private RungLine rung(Incident.Attempt attempt) {
        UUID id = attempt.command().id();
        StepOutcome outcome = attempt.outcome();
        return new RungLine(
                Words.rung(attempt.command().step()),
                id.toString(),
                at(decision -> decision instanceof Decision.StepOrdered ordered
                                && ordered.command().id().equals(id))
                        .orElse(null),
                at(decision -> decision instanceof Decision.OutcomeTaken taken
                                && taken.command().equals(id))
                        .orElse(null),
                outcome == null ? "none" : Words.outcome(outcome.outcome()),
                outcome == null ? "" : Words.sentence(outcome.outcome()));
    }

    private Optional<Instant> at(Predicate<Decision> which) {
        return heard.journal().stream()
                .filter(entry -> which.test(entry.decision()))
                .map(JournalEntry::at)
                .findFirst();
    }

    /** Whether nothing is left to wait for: every fault has come to its end. */
    public static boolean settled(DemoReport report) {
        return report.faults().stream().allMatch(fault -> fault.end() != End.OPEN);
    }

    /** Incidents that call somebody sick who is well; not an act, and still worth telling. */
    public static List<IncidentLine> accusations(DemoReport report) {
        return report.incidents().stream()
                .filter(incident -> incident.fault() == null)
                .filter(incident ->
                        incident.verdict().severity() == Verdict.Severity.SICK && incident.phase() != Phase.SUSPECTED)
                .toList();
    }
}
