package io.paramedic.collector.sampling;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostCommand;
import io.paramedic.collector.dialect.ClockedOutput;
import io.paramedic.collector.dialect.HostClock;
import io.paramedic.collector.dialect.ProcessRow;
import io.paramedic.collector.dialect.Reading;
import io.paramedic.collector.sampling.Background.Question;
import io.paramedic.collector.sampling.Glance.Listing;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.observation.HostObservation;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one host again and again, with few commands each time, and reduces the samples of a rolling window. Every command
 * only reads and has its limit; a tool that does not end in time is an observation.
 *
 * <p>What would speak for an act (a state of trouble, an open request, a missing process) is read anew at each look as long as
 * it stands; what is healthy may be as old as its interval in the settings. A host that boots is looked at from the
 * beginning. For one thread; the waiting between looks is the caller's.
 */
public final class Sampler {
    private static final int MOST_MAKERS = 500;

    private final HostAccess access;
    private final SamplerSettings settings;
    private final String host;
    private final StoreReading reading;

    private final Rolling<Sample> samples;
    private final Rolling<Store> stores;
    private final Rolling<Gathered.Round> rounds;
    private Background background = new Background();
    private List<ProcessRow> processes = List.of();
    private Set<Integer> known = Set.of();
    private @Nullable Tools tools;
    private @Nullable UUID boot;

    /**
     * @param host its name in the inventory
     * @param heartbeats paths below a domain whose values are told with each look
     */
    public Sampler(String host, HostAccess access, SamplerSettings settings, Set<String> heartbeats) {
        this.host = host;
        this.access = access;
        this.settings = settings;
        this.reading = new StoreReading(this::run, heartbeats);
        this.samples = new Rolling<>(settings.window(), Sample::time);
        this.stores = new Rolling<>(settings.window(), Store::time);
        this.rounds = new Rolling<>(settings.window(), round -> round.store().time());
    }

    /**
     * Looks once.
     *
     * @param closely whether what is otherwise asked more rarely matters now
     */
    public Glance look(boolean closely) throws InterruptedException {
        Tools current = tools;
        if (current == null || current.toolstack() == Toolstack.UNKNOWN) {
            CommandResult result = access.run(Tools.detection(settings.limit()));
            Optional<ClockedOutput> clocked = clocked(result);
            if (clocked.isEmpty()) {
                return notSeen(result);
            }
            booted(clocked.get().clock());
            current = Tools.detected(clocked.get().rest(), settings.limit());
            tools = current;
        }
        return look(current, closely);
    }

    private Glance look(Tools current, boolean closely) throws InterruptedException {
        Gathering gathering = new Gathering(host, current);
        gathering.noteMissingLimit();
        if (current.toolstack() == Toolstack.UNKNOWN) {
            gathering.noList();
            return unlisted(gathering, access.run(Tools.detection(settings.limit())));
        }
        CommandResult result = access.run(current.domains());
        Optional<ClockedOutput> clocked = clocked(result);
        if (clocked.isEmpty()) {
            tools = null;
            return notSeen(result);
        }
        if (booted(clocked.get().clock())) {
            tools = null;
            return look(closely);
        }
        return gathering.domains(ToolAnswer.of(result))
                ? listed(gathering, current, closely)
                : unlisted(gathering, result);
    }

    /** @return whether this is another boot than the one that was watched; then nothing of that one counts any more */
    private boolean booted(HostClock clock) {
        boolean other = boot != null && !boot.equals(clock.bootId());
        if (other) {
            samples.clear();
            stores.clear();
            rounds.clear();
            background = new Background();
            processes = List.of();
            known = Set.of();
        }
        boot = clock.bootId();
        return other;
    }

    /** The list could not be read: what else can be told of the host, and nothing of its domains. */
    private Glance unlisted(Gathering gathering, CommandResult result) throws InterruptedException {
        Optional<ClockedOutput> clocked = clocked(result);
        if (clocked.isEmpty()) {
            return notSeen(result);
        }
        HostClock clock = clocked.get().clock();
        Tools current = Objects.requireNonNull(tools);
        if (current.has("xenstore-list")) {
            gathering.xenstore(run(current.xenstoreAnswers()));
        }
        askProcesses(gathering, current, clock.uptime(), true);
        HostObservation seen = Assembly.withoutDomains(
                merged(gathering.gathered(), false), new HostTime(clock.bootId(), clock.uptime()), clock.load1());
        return new Glance.Seen(
                withEnabled(seen), Listing.NONE, gathering.gathered().list().took(), Set.of(), Map.of(), makers());
    }

    private Glance listed(Gathering gathering, Tools current, boolean closely) throws InterruptedException {
        Sample sample = gathering.gathered().samples().getLast();
        samples.add(sample);
        Duration now = sample.time().uptime();
        Set<Integer> domids =
                sample.domains().stream().map(DomainSample::domid).collect(Collectors.toUnmodifiableSet());
        boolean others = !domids.equals(known);
        known = domids;
        if (others) {
            background.forget(Question.RECORDS);
        }
        boolean odd = closely || others || sample.domains().stream().anyMatch(Sampler::odd);
        boolean fresh = askStore(gathering, current, now, others);
        odd |= fresh && Curiosity.wantsMore(observe(gathering, fresh));
        askProcesses(gathering, current, now, odd);
        if (gathering.someStopped() && current.toolstack() == Toolstack.XL) {
            askReapers(gathering, current);
        }
        new RareQuestions(this::run, background, settings).ask(gathering, current, now, odd);
        Store last = fresh ? stores.all().getLast() : null;
        return new Glance.Seen(
                withEnabled(observe(gathering, fresh)),
                sample.complete() ? Listing.WHOLE : Listing.PARTIAL,
                sample.took(),
                background.records.keySet(),
                last == null ? Map.of() : reading.guests(last, domids),
                makers());
    }

    /** What is being destroyed, stopped or has just been seen differently wants all sources anew. */
    private static boolean odd(DomainSample domain) {
        return domain.domid() != 0
                && (domain.state().shutdown()
                        || domain.state().dying()
                        || domain.state().paused());
    }

    private HostObservation observe(Gathering gathering, boolean fresh) {
        return Assembly.observation(merged(gathering.gathered(), fresh));
    }

    private boolean askStore(Gathering gathering, Tools current, Duration now, boolean others)
            throws InterruptedException {
        if (!current.has("xenstore-list") || !current.has("xenstore-ls")) {
            gathering.missing("xenstore-ls");
            return false;
        }
        List<Store> earlier = stores.all();
        boolean whole = others || earlier.isEmpty() || background.due(Question.TREE, now, settings.tree(), false);
        Optional<Store> read =
                whole ? wholeTree(gathering, current, now) : reading.nodes(gathering, current, earlier.getLast());
        if (read.isEmpty() && !whole) {
            read = wholeTree(gathering, current, now);
        }
        read.ifPresent(stores::add);
        return read.isPresent();
    }

    private Optional<Store> wholeTree(Gathering gathering, Tools current, Duration now) throws InterruptedException {
        StoreReading.Tree tree = reading.tree(gathering, current);
        background.asked(Question.TREE, now, tree.took(), List.of());
        return tree.store();
    }

    private void askProcesses(Gathering gathering, Tools current, Duration now, boolean odd)
            throws InterruptedException {
        if (!current.has("ps")) {
            gathering.missing("ps");
            return;
        }
        if (!background.due(Question.PROCESSES, now, settings.processes(), odd)) {
            return;
        }
        int before = gathering.gathered().unread().size();
        ToolAnswer answer = run(current.processes());
        gathering.processes(answer);
        Gathered after = gathering.gathered();
        // Those that run our own commands would seem to be at work on whatever domid these happen to name.
        processes = after.processes().stream().filter(Sampler::notOurs).toList();
        stores.all().stream()
                .reduce((_, last) -> last)
                .filter(last ->
                        !processes.isEmpty() && !last.time().uptime().minus(now).isNegative())
                .ifPresent(last -> rounds.add(new Gathered.Round(last, reading.deviceModels(last, processes))));
        background.asked(
                Question.PROCESSES,
                now,
                answer.took(),
                after.unread().subList(before, after.unread().size()));
    }

    static boolean notOurs(ProcessRow process) {
        return !process.args().contains("export LC_ALL=C PATH=");
    }

    /** Whether somebody still waits for a domain that has stopped. */
    private void askReapers(Gathering gathering, Tools current) throws InterruptedException {
        List<Integer> makers = makers().stream().map(ProcessRow::pid).toList();
        if (makers.isEmpty() && !processes.isEmpty()) {
            gathering.noMakers();
        } else if (!makers.isEmpty() && makers.size() <= MOST_MAKERS) {
            gathering.logs(run(current.xlLogs(makers)), makers);
        }
    }

    private List<ProcessRow> makers() {
        return processes.stream().filter(Processes::makesDomains).toList();
    }

    /** This look's answers with those of the window and of the questions that are asked more rarely. */
    private Gathered merged(Gathered now, boolean fresh) {
        var unread = new ArrayList<>(now.unread());
        background.unread().stream().filter(piece -> !unread.contains(piece)).forEach(unread::add);
        return new Gathered(
                host,
                now.toolstack(),
                samples.all(),
                fresh ? stores.all() : List.of(),
                processes,
                fresh ? rounds.all() : List.of(),
                now.reapers(),
                background.hostUuid,
                background.info,
                background.grants,
                background.records,
                now.xenstore(),
                now.list(),
                unread);
    }

    private HostObservation withEnabled(HostObservation seen) {
        HostObservation.HostFacts facts = seen.facts();
        return new HostObservation(
                seen.host(),
                seen.time(),
                seen.window(),
                new HostObservation.HostFacts(
                        facts.toolstack(),
                        facts.xenVersion(),
                        facts.scheduler(),
                        facts.totalMemoryMib(),
                        facts.freeMemoryMib(),
                        facts.virtCaps(),
                        facts.commandLine(),
                        facts.xenstore(),
                        facts.toolstackAnswer(),
                        facts.load(),
                        facts.daemons(),
                        facts.hostUuid(),
                        background.enabled),
                seen.domains(),
                seen.unread());
    }

    private ToolAnswer run(HostCommand command) throws InterruptedException {
        return ToolAnswer.of(access.run(command));
    }

    private static Optional<ClockedOutput> clocked(CommandResult result) {
        String output = switch (result) {
            case CommandResult.Completed done -> done.stdout();
            case CommandResult.TimedOut out -> out.stdout();
            case CommandResult.TooMuchOutput much -> much.stdout();
            case CommandResult.ConnectionLost _, CommandResult.NotReached _ -> "";
        };
        return ClockedOutput.split(output) instanceof Reading.Read<ClockedOutput>(ClockedOutput clocked)
                ? Optional.of(clocked)
                : Optional.empty();
    }

    private Glance notSeen(CommandResult result) {
        return switch (result) {
            case CommandResult.NotReached not ->
                new Glance.NotSeen(
                        not.why().kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        not.why().sentence());
            case CommandResult.ConnectionLost lost ->
                new Glance.NotSeen(
                        "connection-lost",
                        "%s: the connection was lost: %s. It is tried again; if it happens again, look at its sshd and the network."
                                .formatted(host, lost.how()));
            case CommandResult.TimedOut out ->
                new Glance.NotSeen(
                        "no-answer",
                        "%s: it let us in, and its shell printed nothing within %.1f s. Look at dom0's load and its disks."
                                .formatted(host, out.took().toMillis() / 1000.0));
            case CommandResult.Completed _, CommandResult.TooMuchOutput _ ->
                new Glance.NotSeen(
                        "senseless",
                        "%s: its own clock could not be read: %s. Is this a Linux host whose shell is a POSIX shell, and may this user read /proc?"
                                .formatted(
                                        host,
                                        ToolAnswer.of(result)
                                                .complaint("the host's clock")
                                                .map(HostObservation.Unread::why)
                                                .orElse("what it printed is no boot id and uptime")));
        };
    }
}
