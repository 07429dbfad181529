package io.paramedic.deploy.simulation.hosts;

import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.tools.ToolOutput;
import io.paramedic.deploy.simulation.tools.Toolbox;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs single programs of a host, with the faults that lie on them, and notes each in the record. */
final class Programs {
    private static final Duration FOREVER = Duration.ofDays(36_500);
    private static final int NOT_FOUND = 127;
    private static final int BROKEN_PIPE = 141;
    /** Programs of other hosts, whose absence can be said without asking a shell. */
    private static final Set<String> ELSEWHERE = Set.of("list_domains", "xe", "xentop", "xenctx", "xen-hvmcrash");

    /** Who called a program. */
    record Caller(long line, String user, boolean root, Runnable cut) {}

    private final HostModel model;
    private final Toolbox toolbox;
    private final CommandFaults faults;
    private final HostRecord record;

    Programs(HostModel model, CommandFaults faults, HostRecord record) {
        this.model = model;
        this.toolbox = new Toolbox(model);
        this.faults = faults;
        this.record = record;
    }

    boolean understands(List<String> argv) {
        Optional<Timeout> timeout = Timeout.parse(argv);
        if (timeout.isPresent()) {
            List<String> command = timeout.get().command();
            return !Toolbox.isBuiltin(command.getFirst()) && understands(command);
        }
        return toolbox.understands(argv) || ELSEWHERE.contains(argv.getFirst());
    }

    /** The programs that there are now. */
    Set<String> names() {
        Set<String> names = toolbox.names();
        names.removeIf(faults::uninstalled);
        return names;
    }

    int run(List<String> argv, Caller caller, ToolOutput output) throws InterruptedException {
        return run(argv, caller, output, "sh: 1: %s: not found\n");
    }

    private int run(List<String> argv, Caller caller, ToolOutput output, String notFound) throws InterruptedException {
        HostRecord.Running running = record.begin(
                HostRecord.Kind.PROGRAM,
                caller.line,
                caller.user,
                argv,
                model.time().now());
        int status = -1;
        try {
            status = run(new Call(argv, caller, output, notFound), running, faults.take(argv));
        } catch (ToolOutput.ReaderGone e) {
            status = BROKEN_PIPE;
        } finally {
            running.end(model.time().now(), status);
        }
        return status;
    }

    /** One call of a program, and what its caller says when there is no such program. */
    private record Call(List<String> argv, Caller caller, ToolOutput output, String notFound) {
        int missing() {
            output.stderr(notFound.formatted(argv.getFirst()));
            return NOT_FOUND;
        }
    }

    private int run(Call call, HostRecord.Running running, List<CommandFaults.Fault> wrong)
            throws InterruptedException {
        ToolOutput output = call.output;
        boolean cutAfter = false;
        for (CommandFaults.Fault fault : wrong) {
            switch (fault) {
                case CommandFaults.Fault.Slow slow -> model.time().sleep(slow.delay());
                case CommandFaults.Fault.Missing _ -> {
                    return call.missing();
                }
                case CommandFaults.Fault.Hangs _ -> model.time().sleep(FOREVER);
                case CommandFaults.Fault.Garbage garbage -> {
                    output.stdout(garbage.text());
                    return 0;
                }
                case CommandFaults.Fault.CutBefore _ -> {
                    call.caller.cut.run();
                    return -1;
                }
                case CommandFaults.Fault.CutAfter _ -> {
                    cutAfter = true;
                    output = new CutOutput(0, output);
                }
                case CommandFaults.Fault.CutDuring(int characters) -> {
                    cutAfter = true;
                    output = new CutOutput(characters, output);
                }
            }
        }
        int status = perform(call, running, output);
        if (cutAfter) {
            call.caller.cut.run();
        }
        return status;
    }

    private int perform(Call call, HostRecord.Running running, ToolOutput output) throws InterruptedException {
        List<String> argv = call.argv;
        Optional<Timeout> timeout = Timeout.parse(argv);
        if (timeout.isPresent()) {
            return timeout.get()
                    .run(
                            model.time(),
                            () -> run(
                                    timeout.get().command(),
                                    call.caller,
                                    output,
                                    "timeout: failed to run command '%s': No such file or directory\n"));
        }
        if (!toolbox.understands(argv)) {
            return call.missing();
        }
        if (argv.getFirst().equals("command") && faults.uninstalled(argv.getLast())) {
            return NOT_FOUND;
        }
        return toolbox.run(argv, call.caller.root, output, running::effect);
    }
}
