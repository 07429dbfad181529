package io.paramedic.collector.sampling;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostCommand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** A host whose tools answer what a test says, with a clock that the test's waiting moves. */
class ScriptedHost implements HostAccess {
    static final UUID BOOT = UUID.fromString("0c4bb7b1-5ba5-4ba5-8f0e-bd0b1c1f2a3d");
    private static final Duration NO_TIME = Duration.ofMillis(3);

    private final Map<String, Deque<CommandResult>> answers = new LinkedHashMap<>();
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
    private String tools = "/usr/bin/timeout\n"
            + "/usr/sbin/xl\n"
            + "/usr/bin/xenstore-ls\n"
            + "/usr/bin/xenstore-list\n"
            + "/usr/bin/xenstore-read\n"
            + "/usr/sbin/xen-diag\n"
            + "/bin/ps\n";
    private Duration uptime = Duration.ofMinutes(9);
    private UUID boot = BOOT;

    ScriptedHost tools(String commandVOutput) {
        tools = commandVOutput;
        return this;
    }

    /** Answers commands that contain the words; the last of several answers repeats. */
    ScriptedHost on(String words, String... outputs) {
        for (String output : outputs) {
            on(words, completed(0, output, ""));
        }
        return this;
    }

    ScriptedHost on(String words, CommandResult result) {
        answers.computeIfAbsent(words, w -> new ArrayDeque<>()).add(result);
        return this;
    }

    /** Answers so in place of what was said before. */
    ScriptedHost instead(String words, CommandResult result) {
        answers.remove(words);
        return on(words, result);
    }

    static CommandResult completed(int status, String stdout, String stderr) {
        return new CommandResult.Completed(status, stdout, stderr, NO_TIME);
    }

    static CommandResult hung() {
        return new CommandResult.TimedOut(Duration.ofSeconds(6), "", "", Duration.ofSeconds(6));
    }

    /** Moves the host's clock, in place of waiting. */
    synchronized void pause(Duration time) {
        uptime = uptime.plus(time);
    }

    /** Boots again: another boot id, and an uptime that begins anew. */
    synchronized void reboot(UUID next) {
        boot = next;
        uptime = Duration.ofSeconds(40);
    }

    List<String> ran() {
        return List.copyOf(ran);
    }

    @Override
    public String name() {
        return "xen-07";
    }

    @Override
    public synchronized CommandResult run(HostCommand command) {
        ran.add(command.line());
        if (command.line().contains("command -v")) {
            return completed(0, clock() + tools, "");
        }
        for (Map.Entry<String, Deque<CommandResult>> answer : answers.entrySet()) {
            if (command.line().contains(answer.getKey())) {
                Deque<CommandResult> left = answer.getValue();
                CommandResult next = left.size() > 1 ? left.removeFirst() : left.getFirst();
                return command.line().contains("/proc/uptime") ? behindClock(next) : next;
            }
        }
        return completed(127, "", "sh: 1: not found");
    }

    private CommandResult behindClock(CommandResult result) {
        return result instanceof CommandResult.Completed done
                ? completed(done.exitStatus(), clock() + done.stdout(), done.stderr())
                : result;
    }

    private String clock() {
        return "%s%n%d.%02d 812.40%n0.31 0.20 0.10 1/93 1371%n"
                .formatted(boot, uptime.toSeconds(), uptime.toMillisPart() / 10);
    }

    @Override
    public CommandStream stream(HostCommand command, Consumer<String> line, Consumer<CommandResult> ended) {
        throw new UnsupportedOperationException("a look does not stream");
    }

    @Override
    public void close() {
        answers.clear();
    }
}
