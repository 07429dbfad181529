package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.Domain;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.XenstoredState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code xl}: finds the subcommand, and hangs when xenstored does not answer (lab facts 5). */
final class Xl implements Tool {
    static final int FAILED = 1;
    static final int USAGE = 2;

    /** These talk to the hypervisor alone, after a connect that only a stopped xenstored leaves hanging. */
    private static final Set<String> WITHOUT_XENSTORED = Set.of("info", "dmesg", "debug-keys");

    private static final String USAGE_TEXT = """
        Usage xl [-vfNtT] <subcommand> [args]

        xl full list of subcommands:

         create              Create a domain from config file <filename>
         list                List information about all/some domains
         destroy             Terminate a domain immediately
         shutdown            Issue a shutdown signal to a domain
         reboot              Issue a reboot signal to a domain
         pause               Pause execution of a domain
         unpause             Unpause a paused domain
        """;

    @Override
    public int run(ToolCall call) throws InterruptedException {
        List<String> args = call.args();
        int first = 0;
        while (first < args.size() && args.get(first).matches("-[vfNtT]+")) {
            first++;
        }
        if (first >= args.size()) {
            call.out(USAGE_TEXT);
            return FAILED;
        }
        if (call.refusal().isPresent()) {
            String why = call.refusal().get();
            call.err("xencall: error: Could not obtain handle on privileged command interface: " + why + "\n"
                    + "libxl: error: libxl.c:102:libxl_ctx_alloc: cannot open libxc handle: " + why + "\n"
                    + "cannot init xl context\n");
            return FAILED;
        }
        String subcommand = args.get(first);
        List<String> rest = args.subList(first + 1, args.size());
        waitForXenstored(call, subcommand);
        return dispatch(call, subcommand, rest);
    }

    private static void waitForXenstored(ToolCall call, String subcommand) throws InterruptedException {
        HostModel host = call.host();
        if (host.xenstored() == XenstoredState.KILLED && subcommand.equals("create")) {
            XlCreate.parsing(call);
        }
        call.hangUntil(() -> switch (host.xenstored()) {
            case RUNNING -> true;
            case STOPPED -> false;
            case KILLED -> WITHOUT_XENSTORED.contains(subcommand);
        });
    }

    private static int dispatch(ToolCall call, String subcommand, List<String> args) throws InterruptedException {
        return switch (subcommand) {
            case "list" -> XlList.list(call, args);
            case "vm-list" -> XlList.vmList(call);
            case "vcpu-list" -> XlTables.vcpuList(call, args);
            case "uptime" -> XlTables.uptime(call, args);
            case "sched-credit2" -> XlTables.credit2(call);
            case "info" -> XlInfo.info(call, args);
            case "dmesg" -> XlInfo.dmesg(call);
            case "debug-keys" -> args.size() == 1 ? 0 : USAGE;
            case "domid" -> XlTables.domid(call, args);
            case "domname" -> XlTables.domname(call, args);
            case "create" -> XlCreate.create(call, args);
            case "destroy" -> XlDestroy.destroy(call, args);
            case "shutdown", "reboot" -> XlShutdown.run(call, subcommand, args);
            case "pause", "unpause", "trigger", "sysrq", "rename" -> XlSmall.run(call, subcommand, args);
            default -> {
                call.err("command not implemented\n");
                yield FAILED;
            }
        };
    }

    /** All digits is an id, anything else an exact name; a uuid is neither, and nothing at all is 0 (toolstack facts §2.3). */
    static Optional<Integer> resolve(HostModel host, String word) {
        if (word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(word.isEmpty() ? 0 : word.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(word));
        }
        return host.lifecycle().byName(word).map(Domain::domid);
    }

    /** Resolves, or prints what xl prints when a name is unknown. */
    static Optional<Integer> find(ToolCall call, String word) {
        Optional<Integer> domid = resolve(call.host(), word);
        if (domid.isEmpty()) {
            call.err("%s is an invalid domain identifier (rc=-6)\n", word);
        }
        return domid;
    }

    static String usage(ToolCall call, String subcommand) {
        String text = "'xl %s' requires at least 1 argument.\n\n".formatted(subcommand);
        call.err(text);
        return text;
    }

    /** The name as {@code printf("%s", NULL)} shows it when xenstore has none. */
    static String shownName(HostModel host, Domain domain) {
        String name = host.lifecycle().name(domain);
        return name == null ? "(null)" : name;
    }
}
