package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.Domain;
import io.paramedic.deploy.simulation.model.GuestType;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code list_domains}: asks the hypervisor alone, and so answers when nothing else does (toolstack facts §1). */
final class ListDomains implements Tool {
    private static final int UNCAUGHT = 2;
    private static final List<String> SHORT = List.of("id", "uuid", " state");
    private static final String MEMORY = "tot %s|max %s|shadow %s";
    private static final List<String> REST =
            List.of("shutdown code", "sif", "cpu time", "vcpus online", "max vcpu id", "ssidref");
    private static final int DEFAULT_SHADOW_MIB = 33;

    private record Options(boolean all, boolean memory, boolean bytes, boolean pages, boolean minimal, int domid) {}

    @Override
    public int run(ToolCall call) {
        Options options = parse(call);
        if (options == null) {
            return UNCAUGHT;
        }
        if (call.refusal().isPresent()) {
            int errno = call.host().underXen() ? 13 : 2;
            call.err(
                    "Fatal error: exception Xenctrl.Error(\"%d: %s\")\n",
                    errno, call.refusal().get());
            return UNCAUGHT;
        }
        HostModel host = call.host();
        List<Domain> domains = host.domains();
        if (options.domid >= 0) {
            Optional<Domain> one = host.domain(options.domid);
            if (one.isEmpty()) {
                call.err("Fatal error: exception Xenctrl.Error(\"3: No such process\")\n");
                return UNCAUGHT;
            }
            domains = List.of(one.get());
        }
        if (options.minimal) {
            domains.forEach(domain -> call.out(domain.handle() + "\n"));
            return 0;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(header(options));
        domains.forEach(domain -> rows.add(row(host, domain, options)));
        call.out(Cells.table(rows));
        return 0;
    }

    private static @Nullable Options parse(ToolCall call) {
        boolean all = call.args().contains("-all");
        boolean bytes = call.args().contains("-bytes");
        boolean pages = call.args().contains("-pages");
        int domid = -1;
        for (int i = 0; i < call.args().size(); i++) {
            String arg = call.args().get(i);
            if (arg.equals("-domid") && i + 1 < call.args().size()) {
                String value = call.args().get(++i);
                if (!value.matches("\\d{1,5}")) {
                    call.err("list_domains: wrong argument '%s'; option '-domid' expects an integer.\n", value);
                    return null;
                }
                domid = Integer.parseInt(value);
            } else if (!arg.startsWith("-")) {
                call.out("Warning, ignoring unknown argument: " + arg);
            } else if (!List.of("-all", "-memory", "-bytes", "-pages", "-minimal")
                    .contains(arg)) {
                call.err("list_domains: unknown option '%s'.\n", arg);
                return null;
            }
        }
        if (bytes && pages) {
            call.err("Fatal error: exception Failure(\"Can only specify one of -bytes and -pages\")\n");
            return null;
        }
        return new Options(
                all,
                all || call.args().contains("-memory"),
                bytes,
                pages,
                call.args().contains("-minimal"),
                domid);
    }

    private static List<String> header(Options options) {
        List<String> cells = new ArrayList<>(SHORT);
        if (options.memory) {
            String unit = options.bytes ? "bytes" : options.pages ? "pages" : "MiB";
            cells.addAll(List.of(MEMORY.replace("%s", unit).split("\\|")));
        }
        if (options.all) {
            cells.addAll(REST);
        }
        return cells;
    }

    private static List<String> row(HostModel host, Domain domain, Options options) {
        List<String> cells = new ArrayList<>(
                List.of(Integer.toString(domain.domid()), domain.handle().toString(), state(host, domain)));
        if (options.memory) {
            cells.add(amount(domain.memoryMiB(), options));
            cells.add(domain.domid() == 0 ? "N/A" : amount(domain.spec().memoryMiB() + 1L, options));
            cells.add(domain.type() == GuestType.PV ? "N/A" : amount(DEFAULT_SHADOW_MIB, options));
        }
        if (options.all) {
            cells.add(Integer.toString(domain.shutdownCode()));
            cells.add(Integer.toString(1_228_800 + domain.domid() * 317));
            cells.add(Long.toString(domain.cpuNanos()));
            cells.add(Integer.toString(domain.vcpus()));
            cells.add(Integer.toString(domain.vcpus() - 1));
            cells.add("0");
        }
        return cells;
    }

    private static String amount(long mib, Options options) {
        return Long.toString(options.bytes ? mib << 20 : options.pages ? mib << 8 : mib);
    }

    /** Six fixed places, {@code DSPBRH}; there is no letter for a crash. */
    private static String state(HostModel host, Domain domain) {
        RunState run = domain.runState(host.now());
        return (domain.dead() ? "D" : " ")
                + (domain.shutDown() ? "S" : " ")
                + (domain.paused() ? "P" : " ")
                + (run == RunState.BLOCKED ? "B" : " ")
                + (run == RunState.RUNNING ? "R" : " ")
                + (domain.type().hardwareAssisted() ? "H" : " ");
    }
}
