package io.paramedic.deploy.simulation.tools;

import java.util.List;
import java.util.Optional;

/**
 * {@code ls} of what only the host has: where processes write ({@link ProcessLogs}), and the names in a directory with
 * configurations of guests.
 */
final class Listings implements Tool {
    private static final Tool LOGS = new ProcessLogs();

    /** Anything else is for the {@code ls} of this machine. */
    static boolean understands(List<String> args) {
        return ProcessLogs.understands(args) || directory(args).isPresent();
    }

    private static Optional<String> directory(List<String> args) {
        List<String> paths = args.stream().filter(arg -> !arg.startsWith("-")).toList();
        boolean plain = args.stream().filter(arg -> arg.startsWith("-")).allMatch(arg -> arg.matches("-[1Aa]+|--"));
        return plain && paths.size() == 1 && paths.getFirst().startsWith("/etc/xen")
                ? Optional.of(paths.getFirst())
                : Optional.empty();
    }

    @Override
    public int run(ToolCall call) throws InterruptedException {
        Optional<String> directory = directory(call.args());
        if (directory.isEmpty()) {
            return LOGS.run(call);
        }
        String path = directory.get();
        if (HostFiles.has(call.host(), path)) {
            call.out(path + "\n");
            return 0;
        }
        Optional<List<String>> names = HostFiles.names(call.host(), path);
        if (names.isEmpty()) {
            call.err("ls: cannot access '%s': No such file or directory\n", path);
            return 2;
        }
        names.get().forEach(name -> call.out(name + "\n"));
        return 0;
    }
}
