package io.paramedic.deploy.ring;

import io.paramedic.actuator.guard.GuardScript;
import io.paramedic.actuator.rung.StepRunner.Enrolled;
import io.paramedic.actuator.service.ActuatorSettings;
import io.paramedic.analyzer.feed.FeedSettings;
import io.paramedic.analyzer.policy.Policy;
import io.paramedic.analyzer.policy.PolicyDocument;
import io.paramedic.analyzer.service.AnalyzerSettings;
import io.paramedic.collector.access.InventoryConnector;
import io.paramedic.collector.access.ssh.SshOptions;
import io.paramedic.collector.service.CollectorSettings;
import io.paramedic.deploy.demo.RingStarter;
import io.paramedic.deploy.operator.Orders;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.log.Log;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The whole ring for the demonstration: as {@code up} runs it, with shorter times and hosts that are adopted at once. */
public final class DemoRing implements RingStarter.Ring {
    private static final String BY = "demo";
    private static final Set<Ring.Part> PARTS = EnumSet.of(Ring.Part.ACTUATOR, Ring.Part.ANALYZER, Ring.Part.COLLECTOR);

    private final OpenLog log;
    private final InventoryConnector connector;
    private final Ring ring;

    private DemoRing(OpenLog log, InventoryConnector connector, Ring ring) {
        this.log = log;
        this.connector = connector;
        this.ring = ring;
    }

    /** Starts it; nothing is left running where that fails. */
    public static RingStarter.Ring start(RingStarter.Setup setup) throws RingStarter.CannotStart, InterruptedException {
        OpenLog log;
        try {
            log = OpenLog.serving(new LogHome.Embedded(setup.directory().resolve("log"), 0));
        } catch (LogUnavailable failed) {
            throw new RingStarter.CannotStart(String.valueOf(failed.getMessage()), failed);
        }
        InventoryConnector connector = InventoryConnector.start(
                SshOptions.defaults().withConfig(Optional.empty()).withAgent(Optional.empty()));
        Ring ring = null;
        try {
            prepare(setup, log.log(), connector);
            ring = Ring.start(log.log(), PARTS, settings(setup), connector, BY);
            return new DemoRing(log, connector, ring);
        } catch (LogUnavailable failed) {
            throw new RingStarter.CannotStart(String.valueOf(failed.getMessage()), failed);
        } finally {
            if (ring == null) {
                connector.close();
                log.close();
            }
        }
    }

    private static void prepare(RingStarter.Setup setup, Log log, InventoryConnector connector)
            throws RingStarter.CannotStart, InterruptedException {
        Policy usual = Policy.DEFAULT;
        Policy policy = new Policy(Mode.ACT, usual.patience(), usual.guards(), usual.rungs(), usual.protectedVms())
                .scaledBy(setup.factor());
        try (Orders orders = new Orders(log, BY)) {
            for (HostRecord host : setup.inventory()) {
                orders.list(host);
                if (Enrolment.enrol(log, host, connector, false) instanceof Enrolled.Failed(String sentence)) {
                    throw new RingStarter.CannotStart(host.host() + " could not be adopted: " + sentence);
                }
            }
            for (String pool : setup.pools()) {
                orders.setPolicy(log, pool, PolicyDocument.write(policy), "the default rules, in less time");
            }
        }
    }

    private static Ring.Settings settings(RingStarter.Setup setup) {
        double shorter = 1 / setup.factor();
        AnalyzerSettings usual = AnalyzerSettings.DEFAULT;
        return new Ring.Settings(
                CollectorSettings.DEFAULT.scaled(shorter),
                usual.withStateDirectory(setup.directory().resolve("analyzer")),
                ActuatorSettings.DEFAULT.scaled(shorter),
                FeedSettings.DEFAULT);
    }

    @Override
    public Log log() {
        return log.log();
    }

    @Override
    public CompletableFuture<String> failure() {
        return log.failure().applyToEither(ring.failure(), sentence -> sentence);
    }

    @Override
    public List<String> scripts() {
        return List.of(GuardScript.bare(), GuardScript.whole());
    }

    @Override
    public void close() {
        ring.close();
        connector.close();
        log.close();
    }
}
