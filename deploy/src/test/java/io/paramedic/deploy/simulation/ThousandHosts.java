package io.paramedic.deploy.simulation;

import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/**
 * Measures what a thousand hosts cost: starts them, keeps a connection to each, runs a look on each and prints memory and
 * times. The clients are in the same process, so that the servers alone take less.
 *
 * <p>{@code java -cp ... io.paramedic.deploy.simulation.ThousandHosts [HOSTS [DOMAINS_EACH]]}
 */
final class ThousandHosts {
    private static final String LOOK = "xl list -v; xenstore-ls -f /local/domain; cat /proc/uptime";
    private static final int AT_ONCE = 8;

    private ThousandHosts() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        int domains = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        long start = System.nanoTime();
        try (SimulatedHosts pool = SimulatedHosts.open();
                SshClientForTests client = new SshClientForTests(pool)) {
            List<SimulatedHost> hosts = DemoScenario.healthyHosts(pool, count, domains);
            report("%d hosts with %d domains each are up".formatted(count, domains), start);
            look(client, hosts);
            report("each has a connection and was looked at", start);
            look(client, hosts);
            report("each was looked at again", start);
        }
        report("closed", start);
    }

    private static void look(SshClientForTests client, List<SimulatedHost> hosts) throws InterruptedException {
        Semaphore free = new Semaphore(AT_ONCE);
        List<Thread> threads = hosts.stream()
                .map(host -> Thread.ofVirtual().start(() -> {
                    free.acquireUninterruptibly();
                    try {
                        if (!client.run(host, LOOK).out().contains(host.name())) {
                            throw new IllegalStateException(host.name() + " did not answer with its own guests");
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } finally {
                        free.release();
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void report(String what, long start) throws IOException {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        System.out.printf(
                Locale.ROOT,
                "%6.1f s  heap %4d MiB  %s  %d threads  %s%n",
                (System.nanoTime() - start) / 1e9,
                heap,
                resident(),
                threads,
                what);
    }

    /** Where there is no /proc, the heap has to do. */
    private static String resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.matches("Vm(RSS|HWM):.*"))
                        .map(line -> line.replaceAll("\\s+", " "))
                        .collect(Collectors.joining("  "))
                : "";
    }
}
