package io.paramedic.deploy.simulation.hosts;

import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.tools.ToolOutput;
import io.paramedic.deploy.simulation.tools.Toolbox;
import java.time.Duration;
import java.util.List;
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
        return toolbox.understands(argv) || ELSEWHERE.contains(argv.getFirst());
    }

    Set<String> names() {
        return toolbox.names();
    }

    int run(List<String> argv, Caller caller, ToolOutput output) throws InterruptedException {
        HostRecord.Running running = record.begin(
                HostRecord.Kind.PROGRAM,
                caller.line,
                caller.user,
                argv,
                model.time().now());
        int status = -1;
        try {
            status = run(argv, caller, output, running, faults.take(argv));
        } catch (ToolOutput.ReaderGone e) {
            status = BROKEN_PIPE;
        } finally {
            running.end(model.time().now(), status);
        }
        return status;
    }

    private int run(
            List<String> argv,
            Caller caller,
            ToolOutput output,
            HostRecord.Running running,
            List<CommandFaults.Fault> wrong)
            throws InterruptedException {
        boolean cutAfter = false;
        for (CommandFaults.Fault fault : wrong) {
            switch (fault) {
                case CommandFaults.Fault.Slow slow -> model.time().sleep(slow.delay());
                case CommandFaults.Fault.Missing _ -> {
                    return missing(argv, output);
                }
                case CommandFaults.Fault.Hangs _ -> model.time().sleep(FOREVER);
                case CommandFaults.Fault.Garbage garbage -> {
                    output.stdout(garbage.text());
                    return 0;
                }
                case CommandFaults.Fault.CutBefore _ -> {
                    caller.cut.run();
                    return -1;
                }
                case CommandFaults.Fault.CutAfter _ -> cutAfter = true;
            }
        }
        if (!toolbox.understands(argv)) {
            return missing(argv, output);
        }
        int status = toolbox.run(argv, caller.root, cutAfter ? silent() : output, running::effect);
        if (cutAfter) {
            caller.cut.run();
        }
        return status;
    }

    private static int missing(List<String> argv, ToolOutput output) {
        output.stderr("sh: 1: %s: not found\n".formatted(argv.getFirst()));
        return NOT_FOUND;
    }

    private static ToolOutput silent() {
        return new ToolOutput() {
            @Override
            public void stdout(String text) {}

            @Override
            public void stderr(String text) {}
        };
    }
}
