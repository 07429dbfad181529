package io.paramedic.collector.sampling;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.CommandResult.Unreachable;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostCommand;
import io.paramedic.collector.dialect.ClockedOutput;
import io.paramedic.collector.dialect.HostClock;
import io.paramedic.collector.dialect.Reading;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.observation.HostObservation;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks at one host once: finds its tools, samples its domains, asks the other sources beside, and goes on watching while
 * something is odd, up to the plan's patience. Every command only reads.
 */
public final class HostLook {
    /** Waits between samples; a test waits in its own way. */
    public interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    private static final Duration ODD_INTERVAL = Duration.ofSeconds(1);
    private static final int MOST_NODES_GONE = 4;
    private static final int MOST_TREES = 2;
    /** A command line holds no more than 128 KiB; a whole tree is cheaper then anyway. */
    private static final int MOST_NODES = 1000;

    private static final int MOST_MAKERS = 500;

    private final HostAccess access;
    private final LookPlan plan;
    private final Pause pause;
    private final long started = System.nanoTime();

    private HostLook(HostAccess access, LookPlan plan, Pause pause) {
        this.access = access;
        this.plan = plan;
        this.pause = pause;
    }

    /** Looks once, in the time of the plan's samples, or of its patience where something is odd, plus the commands' own time. */
    public static Look at(HostAccess access, LookPlan plan) throws InterruptedException {
        return at(access, plan, Thread::sleep);
    }

    static Look at(HostAccess access, LookPlan plan, Pause pause) throws InterruptedException {
        return new HostLook(access, plan, pause).look();
    }

    private Look look() throws InterruptedException {
        CommandResult result = access.run(Tools.detection(plan.limit()));
        if (result instanceof CommandResult.NotReached not) {
            return new Look.NotSeen(not.why(), took());
        }
        String output = output(result);
        return switch (ClockedOutput.split(output)) {
            case Reading.Unreadable<ClockedOutput>(var why) -> {
                ToolAnswer answer = ToolAnswer.of(result);
                yield new Look.Senseless(answer.complaint("the host's clock").orElse(ToolAnswer.unread(why)), took());
            }
            case Reading.Read<ClockedOutput>(ClockedOutput clocked) -> {
                Tools tools = Tools.detected(clocked.rest(), plan.limit());
                Gathering gathering = new Gathering(access.name(), tools);
                HostObservation seen = observe(clocked.clock(), gathering, tools);
                Optional<String> lost = seen.domains().isEmpty() ? gathering.lost() : Optional.empty();
                yield lost.isPresent()
                        ? new Look.NotSeen(connectionLost(lost.get()), took())
                        : new Look.Seen(seen, took());
            }
        };
    }

    private Unreachable connectionLost(String how) {
        return new Unreachable(
                Unreachable.Kind.CONNECTION_LOST,
                access.name() + ": it let us in, and then " + how
                        + ". Try again; if it happens again, look at its sshd and the network.",
                null);
    }

    private HostObservation observe(HostClock clock, Gathering gathering, Tools tools) throws InterruptedException {
        gathering.noteMissingLimit();
        try (ExecutorService parallel = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> beside = parallel.submit(() -> {
                askOnce(gathering, tools);
                return null;
            });
            Future<?> state = parallel.submit(() -> {
                askState(gathering, tools);
                return null;
            });
            boolean listed = sample(gathering, tools);
            if (listed) {
                askGrants(gathering, tools);
            }
            for (int i = 1; listed && i < plan.samples(); i++) {
                pause.pause(plan.interval());
                listed = sample(gathering, tools);
            }
            await(state);
            await(beside);
        }
        HostTime time = new HostTime(clock.bootId(), clock.uptime());
        if (!gathering.hasSamples()) {
            return Assembly.withoutDomains(gathering.gathered(), time, clock.load1());
        }
        askStateAgain(gathering, tools);
        HostObservation observation = Assembly.observation(gathering.gathered());
        while (Curiosity.wantsMore(observation) && observation.window().compareTo(plan.patience()) < 0) {
            pause.pause(ODD_INTERVAL);
            if (!sample(gathering, tools)) {
                break;
            }
            askStateAgain(gathering, tools);
            observation = Assembly.observation(gathering.gathered());
        }
        return observation;
    }

    private boolean sample(Gathering gathering, Tools tools) throws InterruptedException {
        return tools.has("xl") || tools.has("list_domains")
                ? gathering.domains(run(tools.domains()))
                : gathering.noList();
    }

    /** What does not change during a look. */
    private void askOnce(Gathering gathering, Tools tools) throws InterruptedException {
        if (tools.has("xl")) {
            gathering.info(run(tools.xenInfo()));
        }
        if (tools.has("xe")) {
            gathering.inventory(run(tools.inventory()));
            gathering.records(run(tools.xapiUuids()), run(tools.xapiRecords(Gathering.XE_FIELDS)));
        }
    }

    /** Whether xenstored answers, then its whole tree, then dom0's processes, which are read as a pair with it. */
    private void askState(Gathering gathering, Tools tools) throws InterruptedException {
        if (!tools.has("xenstore-list") || !tools.has("xenstore-ls")) {
            gathering.missing("xenstore-ls");
        } else if (gathering.xenstore(run(tools.xenstoreAnswers()))) {
            askTree(gathering, tools);
        }
        askProcesses(gathering, tools);
    }

    private void askTree(Gathering gathering, Tools tools) throws InterruptedException {
        boolean read = false;
        for (int attempt = 1; !read && attempt <= MOST_TREES; attempt++) {
            read = gathering.tree(run(tools.xenstoreTree()), attempt == MOST_TREES);
        }
    }

    private void askStateAgain(Gathering gathering, Tools tools) throws InterruptedException {
        List<String> paths = tools.has("xenstore-read") ? gathering.changingNodes() : List.of();
        if (paths.size() > MOST_NODES || !askNodes(gathering, tools, paths)) {
            askTree(gathering, tools);
        }
        askProcesses(gathering, tools);
        if (gathering.someStopped() && tools.toolstack() == Toolstack.XL) {
            askReapers(gathering, tools);
        }
    }

    /** Whether somebody still waits for a domain that has stopped. */
    private void askReapers(Gathering gathering, Tools tools) throws InterruptedException {
        List<Integer> makers = gathering.makers();
        if (makers.isEmpty()) {
            gathering.noMakers();
        } else if (makers.size() <= MOST_MAKERS) {
            gathering.logs(run(tools.xlLogs(makers)), makers);
        }
    }

    /**
     * Reads the nodes again that may have changed; one that went away is left out and the rest is asked again.
     *
     * @return false where too many went away
     */
    private boolean askNodes(Gathering gathering, Tools tools, List<String> asked) throws InterruptedException {
        List<String> paths = asked;
        Set<String> gone = new HashSet<>();
        for (int attempt = 0; attempt < MOST_NODES_GONE && !paths.isEmpty(); attempt++) {
            Optional<String> missing = gathering.nodes(run(tools.xenstoreNodes(paths)), paths, gone);
            if (missing.isEmpty()) {
                return true;
            }
            gone.add(missing.get());
            paths = paths.stream().filter(path -> !path.equals(missing.get())).toList();
        }
        return paths.isEmpty();
    }

    private void askProcesses(Gathering gathering, Tools tools) throws InterruptedException {
        if (tools.has("ps")) {
            gathering.processes(run(tools.processes()));
        } else {
            gathering.missing("ps");
        }
    }

    private void askGrants(Gathering gathering, Tools tools) throws InterruptedException {
        if (!tools.has("xen-diag")) {
            gathering.missing("xen-diag");
        } else if (!gathering.livingDomids().isEmpty()) {
            gathering.grants(run(tools.grants(gathering.livingDomids().stream()
                    .limit(Gathering.MOST_GRANT_QUERIES)
                    .toList())));
        }
    }

    private ToolAnswer run(HostCommand command) throws InterruptedException {
        return ToolAnswer.of(access.run(command));
    }

    private static String output(CommandResult result) {
        return switch (result) {
            case CommandResult.Completed done -> done.stdout();
            case CommandResult.TimedOut out -> out.stdout();
            case CommandResult.TooMuchOutput much -> much.stdout();
            case CommandResult.ConnectionLost lost -> lost.stdout();
            case CommandResult.NotReached _ -> "";
        };
    }

    private static void await(Future<?> work) throws InterruptedException {
        try {
            work.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a look failed by a fault of our own", e.getCause());
        }
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
