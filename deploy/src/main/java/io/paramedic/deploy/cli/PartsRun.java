package io.paramedic.deploy.cli;

import io.paramedic.actuator.service.ActuatorSettings;
import io.paramedic.analyzer.feed.FeedSettings;
import io.paramedic.analyzer.service.AnalyzerSettings;
import io.paramedic.collector.access.InventoryConnector;
import io.paramedic.collector.access.ssh.SshOptions;
import io.paramedic.collector.service.CollectorSettings;
import io.paramedic.deploy.operator.Orders;
import io.paramedic.deploy.operator.PolicyRecord;
import io.paramedic.deploy.operator.Situation;
import io.paramedic.deploy.ring.LogHome;
import io.paramedic.deploy.ring.LogUnavailable;
import io.paramedic.deploy.ring.OpenLog;
import io.paramedic.deploy.ring.Ring;
import io.paramedic.deploy.ring.Ring.Part;
import io.paramedic.deploy.ring.RingFile;
import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.ClusterKind;
import io.paramedic.schemas.topics.Permission;
import io.paramedic.schemas.topics.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Runs parts of Paramedic until the process is told to end, or one of them can no longer do its work. */
final class PartsRun {
    private static final String BY = "configuration";
    private static final Duration CLOSING = Duration.ofSeconds(40);

    private final CommandSpec spec;
    private final LogOptions options;
    private final PrintWriter out;
    private final CountDownLatch closed = new CountDownLatch(1);

    PartsRun(CommandSpec spec, LogOptions options) {
        this.spec = spec;
        this.options = options;
        this.out = spec.commandLine().getOut();
    }

    ExitCode run(Set<Part> parts) throws InterruptedException {
        Path path = options.file();
        RingFile file = path == null ? null : LogOptions.read(path, spec);
        Map<String, String> policies = new LinkedHashMap<>();
        if (file != null && !readPolicies(file, policies)) {
            return ExitCode.USAGE;
        }
        LogHome home = options.home(spec);
        try (OpenLog log = parts.equals(Part.ALL) ? OpenLog.serving(home) : OpenLog.joining(home);
                InventoryConnector connector = InventoryConnector.start(ssh(file))) {
            announce(log, home);
            try (Ring ring = Ring.start(
                    log.log(),
                    parts,
                    settings(home, file),
                    connector,
                    UUID.randomUUID().toString())) {
                if (file != null && parts.equals(Part.ALL)) {
                    settle(file, policies, log.log());
                }
                ring.pagePort().ifPresent(port -> say("The page is at http://127.0.0.1:" + port + "/"));
                say("Running. Look with './paramedic status', stop with Ctrl-C.");
                return awaitEnd(CompletableFuture.anyOf(log.failure(), ring.failure()));
            }
        } catch (LogUnavailable none) {
            spec.commandLine().getErr().println("paramedic: " + none.getMessage());
            return ExitCode.NO_LOG;
        } finally {
            closed.countDown();
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private boolean readPolicies(RingFile file, Map<String, String> into) {
        boolean sound = true;
        for (RingFile.Pool pool : file.pools()) {
            Path policy = pool.policy();
            if (policy != null) {
                Optional<String> document = PolicyCommand.read(policy, spec);
                document.ifPresent(text -> into.put(pool.name(), text));
                sound &= document.isPresent();
            }
        }
        return sound;
    }

    static SshOptions ssh(@Nullable RingFile file) {
        SshOptions options = SshOptions.defaults();
        if (file == null) {
            return options;
        }
        RingFile.Ssh ssh = file.ssh();
        options = options.withIdentities(ssh.identities());
        if (ssh.config() != null) {
            options = options.withConfig(Optional.of(ssh.config()));
        }
        return ssh.knownHosts() == null ? options : options.withKnownHosts(List.of(ssh.knownHosts()));
    }

    private static Ring.Settings settings(LogHome home, @Nullable RingFile file) {
        ClusterKind kind = home instanceof LogHome.External ? ClusterKind.EXTERNAL : ClusterKind.EMBEDDED;
        return new Ring.Settings(
                CollectorSettings.DEFAULT, AnalyzerSettings.of(kind), ActuatorSettings.DEFAULT, page(file));
    }

    private static FeedSettings page(@Nullable RingFile file) {
        RingFile.Page page = file == null ? RingFile.Page.USUAL : file.page();
        return FeedSettings.DEFAULT.withPort(page.port()).withWebhook(page.webhook());
    }

    private void announce(OpenLog log, LogHome home) {
        say(
                switch (home) {
                    case LogHome.Embedded embedded ->
                        "The log is embedded, at " + log.log().connection().bootstrapServers() + ", with its data in "
                                + embedded.directory() + ".";
                    case LogHome.External _ ->
                        "The log is the Kafka at " + log.log().connection().bootstrapServers() + ".";
                });
        if (log.log().permission() instanceof Permission.MayOnlyObserve(List<Problem> problems)) {
            say("Nothing is done to any host until this is corrected:");
            problems.forEach(problem -> say("  " + problem.text()));
        }
    }

    /** Puts on the log what the file has and the log has not. */
    private void settle(RingFile file, Map<String, String> policies, Log log) throws InterruptedException {
        Map<String, HostRecord> known = Situation.inventory(log);
        int changed = 0;
        try (Orders orders = new Orders(log, BY)) {
            for (RingFile.Pool pool : file.pools()) {
                for (HostRecord host : pool.hosts()) {
                    if (!host.equals(known.get(host.host()))) {
                        orders.list(host);
                        changed++;
                    }
                }
                String policy = policies.get(pool.name());
                if (policy != null) {
                    settlePolicy(pool, policy, log, orders);
                }
            }
        }
        say(changed == 0 ? "The inventory is as the configuration says." : changed + " hosts were added or changed.");
    }

    /** What a person has set since stands: a restart must not arm again what somebody disarmed in the night. */
    private void settlePolicy(RingFile.Pool pool, String policy, Log log, Orders orders) throws InterruptedException {
        PolicyRecord record = PolicyRecord.read(log, pool.name());
        if (record.holds(policy)) {
            return;
        }
        PoolEvent.PolicyChanged newest = record.newest();
        if (record.revision() == 0 || (newest != null && newest.by().equals(BY))) {
            long revision = orders.setPolicy(log, pool.name(), policy, "from " + pool.policy());
            say("Pool " + pool.name() + " has policy revision " + revision + ", from " + pool.policy() + ".");
        } else {
            say("Pool " + pool.name() + " keeps its policy revision " + record.revision() + ", which "
                    + (newest == null ? "somebody" : Paint.plain(newest.by()))
                    + " has set and the file has not. To take the file's: ./paramedic policy set " + pool.name() + " "
                    + pool.policy());
        }
    }

    /** Until Ctrl-C or the like; the process then ends when all is closed, not before. */
    private ExitCode awaitEnd(CompletableFuture<Object> failure) throws InterruptedException {
        Thread waiting = Thread.currentThread();
        Thread hook = Thread.ofPlatform().unstarted(() -> {
            waiting.interrupt();
            awaitClosed();
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            spec.commandLine().getErr().println("paramedic: " + failure.get());
            Runtime.getRuntime().removeShutdownHook(hook);
            return ExitCode.NO_LOG;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a failure is told as a sentence", e);
        } catch (InterruptedException told) {
            say("Stopping. What runs on a host goes on there and is settled at the next start.");
            return ExitCode.OK;
        }
    }

    private void awaitClosed() {
        try {
            var _ = closed.await(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
