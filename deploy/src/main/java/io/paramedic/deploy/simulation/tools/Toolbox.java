package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.Dialect;
import io.paramedic.deploy.simulation.model.HostModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The programs of one host: which there are, and running one. */
public final class Toolbox {
    private static final XenstoreTools XENSTORE = new XenstoreTools();
    private static final Set<String> XENSTORE_PROGRAMS = Set.of(
            "xenstore-ls",
            "xenstore-list",
            "xenstore-read",
            "xenstore-exists",
            "xenstore-write",
            "xenstore-rm",
            "xenstore-watch");
    /** Words of the shell itself, answered without one where that is the same. */
    private static final Map<String, Tool> BUILTINS = Map.of(
            "echo",
            ShellWords::echo,
            "true",
            call -> 0,
            ":",
            call -> 0,
            "false",
            call -> 1,
            "sleep",
            ShellWords::sleep,
            "command",
            Toolbox::command);

    /** Programs that run another one, which is not done here: that one has its own faults and its own entry. */
    private static final Set<String> WRAPPERS = Set.of("timeout");

    private final HostModel host;
    private final Map<String, Tool> programs;

    public Toolbox(HostModel host) {
        this.host = host;
        this.programs = programs(host.facts().dialect());
    }

    private static Map<String, Tool> programs(Dialect dialect) {
        Map<String, Tool> programs = new TreeMap<>();
        programs.put("xl", new Xl());
        programs.put("xen-diag", new XenDiag());
        programs.put("ps", new Ps());
        programs.put("ls", new Listings());
        programs.put("sha256sum", new Sha256sum());
        programs.put("cat", new HostFiles());
        programs.put("hostname", ShellWords::hostname);
        programs.put("uname", ShellWords::uname);
        programs.put("id", ShellWords::id);
        XENSTORE_PROGRAMS.forEach(name -> programs.put(name, XENSTORE));
        if (dialect == Dialect.XCP_NG) {
            programs.put("list_domains", new ListDomains());
            programs.put("xe", new Xe());
        }
        return programs;
    }

    /** The programs that need a stand-in on the PATH of a real shell. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(programs.keySet());
        names.addAll(WRAPPERS);
        return names;
    }

    /** Whether this is a word of the shell itself, which no program can run. */
    public static boolean isBuiltin(String word) {
        return word.equals("command") || word.equals(":");
    }

    /** Whether these words can be run here, rather than by this machine's own programs. */
    public boolean understands(List<String> argv) {
        String program = program(argv);
        List<String> args = argv.subList(1, argv.size());
        boolean plain = argv.getFirst().equals(program);
        return switch (program) {
            case "cat", "sha256sum" -> !args.isEmpty() && args.stream().allMatch(this::answersFor);
            case "ps" -> Ps.understands(args);
            case "ls" -> Listings.understands(args);
            case "echo" -> plain && args.stream().noneMatch(arg -> arg.contains("\\"));
            case "true", "false", ":" -> plain;
            case "sleep" -> plain && args.size() == 1 && args.getFirst().matches("\\d{1,6}(\\.\\d{1,3})?");
            case "command" -> args.size() == 2 && args.getFirst().equals("-v");
            case "hostname" -> args.isEmpty();
            case "uname" -> args.size() <= 1;
            case "id" -> args.isEmpty() || args.equals(List.of("-u"));
            default -> programs.containsKey(program);
        };
    }

    private boolean answersFor(String path) {
        return path.equals("--")
                || path.equals("/etc/xensource-inventory")
                || path.startsWith("/etc/xen/")
                || host.locked(() -> HostFiles.has(host, path));
    }

    /** The last part of a path to a program in one of the folders where hosts keep theirs. */
    private static String program(List<String> argv) {
        String first = argv.getFirst();
        boolean full = first.matches("/(usr/)?s?bin/[^/]+|/opt/xensource/bin/[^/]+|/usr/lib/xen-[0-9.]+/bin/[^/]+");
        return full ? first.substring(first.lastIndexOf('/') + 1) : first;
    }

    /** Runs one command that {@link #understands} accepts; the calling thread waits as long as the real one would. */
    public int run(List<String> argv, boolean root, ToolOutput output, Consumer<String> effects)
            throws InterruptedException {
        String program = program(argv);
        Tool tool = Optional.ofNullable(programs.get(program)).orElseGet(() -> BUILTINS.get(program));
        if (tool == null) {
            throw new IllegalArgumentException("not a program of a simulated host: " + program);
        }
        ToolCall call = new ToolCall(host, argv, root, output, effects);
        host.lock();
        int status;
        try {
            status = tool.run(call);
        } finally {
            host.unlock();
        }
        call.flush();
        return status;
    }

    private static int command(ToolCall call) {
        String wanted = call.args().getLast();
        boolean there = WRAPPERS.contains(wanted)
                || programs(call.host().facts().dialect()).containsKey(wanted);
        if (BUILTINS.containsKey(wanted)) {
            call.out(wanted + "\n");
            return 0;
        }
        if (there) {
            boolean daily = Set.of("cat", "ps", "ls", "sha256sum", "hostname", "uname", "id", "timeout")
                    .contains(wanted);
            call.out((daily ? "/usr/bin/" : "/usr/sbin/") + wanted + "\n");
        }
        return there ? 0 : Tool.NOT_FOUND;
    }
}
