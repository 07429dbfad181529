package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.Domain;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.RunState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code xl list} and {@code xl vm-list} (toolstack facts §2.1 and §2.2). */
final class XlList {
    private static final String HEADER = "Name                                        ID   Mem VCPUs\tState\tTime(s)";
    private static final String REASONS = "-rscwS";
    private static final int ALIVE_REASON = Domain.ALIVE;

    private record Options(boolean verbose, boolean context, boolean cpupool, boolean json) {}

    private XlList() {}

    static int list(ToolCall call, List<String> args) {
        List<String> named = args.stream().filter(arg -> !arg.startsWith("-")).toList();
        Options options = new Options(
                has(args, "-v", "--verbose"),
                has(args, "-Z", "--context"),
                has(args, "-c", "--cpupool"),
                has(args, "-l", "--long"));
        if (args.stream()
                .anyMatch(arg -> arg.startsWith("-")
                        && !List.of("-v", "--verbose", "-Z", "--context", "-c", "--cpupool", "-l", "--long")
                                .contains(arg))) {
            call.err("option `\0' not supported.\n");
            return Xl.USAGE;
        }
        if (named.size() > 1) {
            call.err("Usage: xl [-vfNtT] list [options] [Domain]\n");
            return Xl.FAILED;
        }
        Optional<List<Domain>> domains = select(call, named);
        if (domains.isEmpty()) {
            return Xl.FAILED;
        }
        if (options.json) {
            XlJson.print(call, domains.get());
        } else {
            table(call, domains.get(), options);
        }
        return 0;
    }

    private static boolean has(List<String> args, String brief, String full) {
        return args.contains(brief) || args.contains(full);
    }

    private static Optional<List<Domain>> select(ToolCall call, List<String> named) {
        if (named.isEmpty()) {
            return Optional.of(call.host().domains());
        }
        Optional<Integer> domid = Xl.find(call, named.getFirst());
        if (domid.isEmpty()) {
            return Optional.empty();
        }
        Optional<Domain> domain = call.host().domain(domid.get());
        if (domain.isEmpty()) {
            call.err("Error: Domain '%s' does not exist.\n", named.getFirst());
        }
        return domain.map(List::of);
    }

    private static void table(ToolCall call, List<Domain> domains, Options options) {
        call.out(HEADER);
        if (options.verbose) {
            call.out("   UUID                            Reason-Code\tSecurity Label");
        } else if (options.context) {
            call.out("   Security Label");
        }
        if (options.cpupool) {
            call.out("         Cpupool");
        }
        call.out("\n");
        for (Domain domain : domains) {
            call.out(row(call.host(), domain));
            if (options.verbose) {
                call.out(" " + domain.handle());
                call.out(
                        " %8s",
                        domain.shutdownCode() == ALIVE_REASON ? "-" : Integer.toHexString(domain.shutdownCode()));
            }
            if (options.verbose || options.context) {
                call.out(" %16s", "-");
            }
            if (options.cpupool) {
                call.out("%16s", "Pool-0");
            }
            call.out("\n");
        }
    }

    private static String row(HostModel host, Domain domain) {
        return Cells.left(Xl.shownName(host, domain), 40)
                + String.format(
                        Locale.ROOT,
                        " %5d %5d %5d     %s  %8s",
                        domain.domid(),
                        domain.memoryMiB(),
                        domain.vcpus(),
                        flags(host, domain),
                        Cells.seconds(domain.cpuNanos()));
    }

    private static String flags(HostModel host, Domain domain) {
        RunState run = domain.runState(host.now());
        int code = domain.shutdownCode();
        char reason = code < REASONS.length() ? REASONS.charAt(code) : '?';
        return (run == RunState.RUNNING ? "r" : "-")
                + (run == RunState.BLOCKED ? "b" : "-")
                + (domain.paused() ? "p" : "-")
                + (domain.shutDown() ? "s" : "-")
                + (domain.shutDown() ? reason : '-')
                + (domain.dead() ? "d" : "-");
    }

    static int vmList(ToolCall call) {
        call.out("UUID                                  ID    name\n");
        call.host()
                .domains()
                .forEach(domain -> call.out(
                        "%s  %d    %-30s\n", domain.handle(), domain.domid(), Xl.shownName(call.host(), domain)));
        return 0;
    }
}
