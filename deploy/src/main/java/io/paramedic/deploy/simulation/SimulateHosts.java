package io.paramedic.deploy.simulation;

import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import io.paramedic.deploy.simulation.model.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code simulate-hosts}: starts hosts, says how to reach them, and keeps them until it is interrupted. */
public final class SimulateHosts {
    /**
     * What to start.
     *
     * @param healthyHosts healthy hosts beside the two sick ones
     * @param domainsEach guests on each healthy host
     * @param timeFactor how many times as fast as here time passes for them
     * @param records where each host's record of commands stays, if it is to stay
     */
    public record Options(int healthyHosts, int domainsEach, double timeFactor, Optional<Path> records) {
        /** The two sick hosts alone. */
        public static Options demo() {
            return new Options(0, 0, 1, Optional.empty());
        }

        public Options {
            if (healthyHosts < 0 || domainsEach < 0) {
                throw new IllegalArgumentException("there cannot be fewer than no hosts, or guests");
            }
        }
    }

    private SimulateHosts() {}

    /** Runs until the calling thread is interrupted, and then removes everything. */
    public static void run(Options options, PrintWriter out) throws IOException {
        TimeSource time = TimeSource.scaled(options.timeFactor);
        try (SimulatedHosts pool = options.records.isPresent()
                ? SimulatedHosts.open(time, options.records.get())
                : SimulatedHosts.open(time)) {
            DemoScenario scenario = DemoScenario.twoSickHosts(pool);
            DemoScenario.healthyHosts(pool, options.healthyHosts, options.domainsEach);
            describe(pool, scenario, out);
            out.flush();
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void describe(SimulatedHosts pool, DemoScenario scenario, PrintWriter out) throws IOException {
        out.println("Simulated hosts on 127.0.0.1:");
        List<SimulatedHost> hosts = pool.hosts();
        for (SimulatedHost host : hosts.subList(0, Math.min(20, hosts.size()))) {
            out.printf(
                    "  %-10s port %-5d %-6s %s%n",
                    host.name(),
                    host.port(),
                    host.model().facts().dialect(),
                    host.record().file());
        }
        if (hosts.size() > 20) {
            out.printf("  and %d more%n", hosts.size() - 20);
        }
        out.println();
        out.println("What is true on them:");
        scenario.truths()
                .forEach(truth -> out.printf(
                        "  %-6s %3d  %-10s  %s  %s%n",
                        truth.host(), truth.domid(), truth.name(), truth.sick() ? "SICK" : "well", truth.what()));
        out.println();
        out.println("host key     " + pool.fingerprint());
        out.println("known_hosts  " + pool.knownHosts());
        out.println("client key   " + pool.clientKey());
        out.println("ssh config   " + pool.sshConfig());
        out.println();
        out.println("Try:   paramedic doctor -F " + pool.sshConfig() + " " + String.join(" ", scenario.hosts()));
        out.println("or:    ssh -F " + pool.sshConfig() + " " + scenario.hosts().getLast() + " xl list");
        out.println("They go away when this ends (Ctrl-C).");
    }
}
