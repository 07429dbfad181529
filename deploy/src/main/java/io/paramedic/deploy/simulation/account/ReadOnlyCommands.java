package io.paramedic.deploy.simulation.account;

import io.paramedic.collector.access.HostCommand;
import io.paramedic.deploy.simulation.hosts.SimpleLine;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The closed list of what may be run on a host without touching anybody on it. What is not on it touches somebody, whatever
 * it returned and whether or not there is such a program.
 *
 * <p>Beside commands that look there are two things that reach a host and no VM, and they are listed here as narrowly: files
 * of the guard below its own directory, and the texts of the scripts that our services send. A script's text only says that
 * the line is known; the tools that it calls are recorded by themselves and judged like any other.
 */
public final class ReadOnlyCommands {
    /** Where the guard keeps its books on a real host; on a simulated one {@code PARAMEDIC_STATE} stands for it. */
    private static final List<String> BOOKS = List.of("/var/lib/paramedic", "$PARAMEDIC_STATE");

    /** Programs that look, whatever their words. */
    private static final Set<String> LOOK = Set.of(
            "list_domains",
            "ps",
            "uname",
            "hostname",
            "id",
            "cat",
            "ls",
            "sha256sum",
            "stat",
            "head",
            "grep",
            "test",
            "[",
            "date",
            "uptime",
            "echo",
            "printf",
            "true",
            "false",
            ":",
            "sleep",
            "exit",
            "export",
            "xenstore-ls",
            "xenstore-list",
            "xenstore-read",
            "xenstore-exists",
            "xenstore-watch");

    /** Programs that look with some of their first words only. */
    private static final Map<String, Set<String>> LOOK_WITH = Map.of(
            "xl",
            Set.of("list", "vm-list", "vcpu-list", "uptime", "info", "dmesg", "domid", "domname"),
            "xe",
            Set.of("vm-list", "host-list", "task-list", "pool-list", "vm-param-list", "vm-param-get"),
            "xen-diag",
            Set.of("gnttab_query_size"),
            "command",
            Set.of("-v"),
            "xentop",
            Set.of("-b"));

    /** Programs that keep the guard's books, where each path that they are given is below its directory. */
    private static final Set<String> BOOKKEEPING =
            Set.of("mkdir", "mv", "rm", "rmdir", "ln", "chmod", "touch", "sync", "flock");

    /** How a script is started over SSH. */
    private static final Set<String> STARTERS = Set.of("sh -c ", "exec sh -c ", "sudo -n -- sh -c ");

    private static final Pattern FULL_PATH = Pattern.compile("/(usr/)?s?bin/[^/]+|/opt/xensource/bin/[^/]+");
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");
    private static final Pattern TIMEOUT_OPTION = Pattern.compile("-[ks]");

    /** As they stand in a line; quoting one takes longer than looking for it. */
    private final List<String> quotedScripts;
    /** The same few lines come thousands of times. */
    private final Map<String, Boolean> judged = new ConcurrentHashMap<>();

    /** @param scripts the whole texts of the scripts that services send to hosts, each longer than a line of words */
    public ReadOnlyCommands(List<String> scripts) {
        this.quotedScripts = scripts.stream().map(HostCommand::quote).toList();
        if (scripts.stream().anyMatch(script -> script.length() < 100)) {
            throw new IllegalArgumentException("so short a text is no script, and would excuse too much");
        }
    }

    /** Whether a program with its words is on the list. */
    public boolean contains(List<String> words) {
        if (words.isEmpty()) {
            return true;
        }
        String program = plain(words.getFirst());
        List<String> rest = words.subList(1, words.size());
        if (program.equals("timeout")) {
            return contains(unlimited(words));
        }
        if (ASSIGNMENT.matcher(words.getFirst()).matches()) {
            return contains(rest);
        }
        if (LOOK_WITH.containsKey(program)) {
            return !rest.isEmpty() && LOOK_WITH.getOrDefault(program, Set.of()).contains(rest.getFirst());
        }
        return LOOK.contains(program) || (BOOKKEEPING.contains(program) && ofBooks(rest));
    }

    /** Whether all that a line runs by itself is on the list; the tools that a known script calls are not looked at here. */
    public boolean containsLine(String line) {
        return judged.computeIfAbsent(line, this::judge);
    }

    private boolean judge(String line) {
        return quotedScripts.stream().anyMatch(script -> runsOnly(line, script))
                || SimpleLine.parse(line)
                        .map(simple -> simple.steps().stream()
                                .map(SimpleLine.Step::words)
                                .allMatch(this::contains))
                        .orElse(false);
    }

    /** The script, quoted for the shell that starts it, with plain words after it and nothing else before or behind. */
    private static boolean runsOnly(String line, String quoted) {
        int at = line.indexOf(quoted);
        if (at < 0) {
            return false;
        }
        String before = line.substring(0, at);
        String start = before.startsWith(HostCommand.PRELUDE) ? before.substring(HostCommand.PRELUDE.length()) : before;
        String after = line.substring(at + quoted.length()).strip();
        return STARTERS.contains(start)
                && (after.isEmpty()
                        || SimpleLine.parse(after)
                                .filter(words -> words.steps().size() == 1)
                                .isPresent());
    }

    /** The last part of a path to a program in one of the folders where hosts keep theirs. */
    private static String plain(String word) {
        return FULL_PATH.matcher(word).matches() ? word.substring(word.lastIndexOf('/') + 1) : word;
    }

    /** The command of a {@code timeout}, without its options and its limit; other commands as they are. */
    static List<String> unlimited(List<String> words) {
        if (words.isEmpty() || !plain(words.getFirst()).equals("timeout")) {
            return words;
        }
        int at = 1;
        while (at + 1 < words.size() && TIMEOUT_OPTION.matcher(words.get(at)).matches()) {
            at += 2;
        }
        return words.subList(Math.min(words.size(), at + 1), words.size());
    }

    private static boolean ofBooks(List<String> words) {
        List<String> paths =
                words.stream().filter(word -> !word.matches("-.*|[0-7]{3,4}")).toList();
        return !paths.isEmpty() && paths.stream().allMatch(ReadOnlyCommands::ofBooks);
    }

    private static boolean ofBooks(String path) {
        return !path.contains("..")
                && BOOKS.stream().anyMatch(books -> path.equals(books) || path.startsWith(books + "/"));
    }
}
