package io.paramedic.collector.service;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.CommandResult.Unreachable;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostCommand;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A plain Xen host of which a test says which domains it has; its clock moves with each command. */
final class FakeHost {
    private static final UUID BOOT = UUID.fromString("0c4bb7b1-5ba5-4ba5-8f0e-bd0b1c1f2a3d");
    private static final String HEADER =
            "Name                                        ID   Mem VCPUs\tState\tTime(s)   UUID                        "
                    + "    Reason-Code\tSecurity Label\n";

    private final Map<Integer, String> domains = new TreeMap<>(Map.of(0, row("Domain-0", 0, "r-----")));
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger commands = new AtomicInteger();
    private long hundredths = 60_000;
    private boolean reachable = true;
    private boolean broken;
    private @Nullable Consumer<String> alarm;

    synchronized FakeHost domain(int domid, String name, String state) {
        domains.put(domid, row(name, domid, state));
        return this;
    }

    synchronized void without(int domid) {
        domains.remove(domid);
    }

    synchronized void reachable(boolean now) {
        reachable = now;
    }

    /** Makes the next commands fail by a bug of ours. */
    synchronized void broken(boolean now) {
        broken = now;
    }

    /** As xenstored would say that a domain came or went. */
    synchronized boolean ring() {
        if (alarm == null) {
            return false;
        }
        alarm.accept("@releaseDomain");
        return true;
    }

    private static String row(String name, int domid, String state) {
        return "%-40s %5d %5d %5d     %s  %8.1f 00000000-0000-0000-0000-0000000000%02x %8s %16s%n"
                .formatted(name, domid, 96, 1, state, 14.3, domid, state.contains("sc") ? "3" : "-", "-");
    }

    private synchronized CommandResult answer(HostCommand command) {
        commands.incrementAndGet();
        hundredths += 50;
        if (broken) {
            throw new IllegalStateException("a bug");
        }
        if (!reachable) {
            return new CommandResult.NotReached(
                    new Unreachable(Unreachable.Kind.REFUSED, "xen: nothing listens there.", null), Duration.ZERO);
        }
        String clock =
                "%s%n%d.%02d 812.40%n0.31 0.20 0.10 1/93 1371%n".formatted(BOOT, hundredths / 100, hundredths % 100);
        if (command.line().contains("command -v")) {
            return completed(0, clock + "/usr/bin/timeout\n/usr/sbin/xl\n");
        }
        return command.line().contains("xl list -v")
                ? completed(0, clock + HEADER + String.join("", domains.values()))
                : completed(127, "");
    }

    private static CommandResult completed(int status, String out) {
        return new CommandResult.Completed(status, out, "", Duration.ofMillis(1));
    }

    HostAccess connect() {
        open.incrementAndGet();
        return new HostAccess() {
            @Override
            public String name() {
                return "root@xen";
            }

            @Override
            public CommandResult run(HostCommand command) {
                return answer(command);
            }

            @Override
            public CommandStream stream(HostCommand command, Consumer<String> line, Consumer<CommandResult> ended) {
                synchronized (FakeHost.this) {
                    alarm = line;
                }
                return () -> {
                    synchronized (FakeHost.this) {
                        alarm = null;
                    }
                };
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }
}
