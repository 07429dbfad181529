package io.paramedic.collector.access.ssh;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostCommand;
import io.paramedic.collector.access.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** One host over one kept SSH connection. */
final class SshAccess implements HostAccess {
    private final String name;
    private final boolean sudo;
    private final Connection connection;
    private final Semaphore turns;
    private final Runnable closed;

    SshAccess(SshTarget target, Connection connection, Runnable closed) {
        this.name = nameOf(target);
        this.sudo = target.options().sudo();
        this.connection = connection;
        this.turns = new Semaphore(target.options().channels(), true);
        this.closed = closed;
    }

    /** As the route has it; where that cannot be made out, the first command says why. */
    private static String nameOf(SshTarget target) {
        try {
            List<Hop> hops = Route.to(target);
            return hops.getLast().name();
        } catch (UnreachableException e) {
            return target.alias();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CommandResult run(HostCommand command) throws InterruptedException {
        CommandRun run = new CommandRun(name, command, sudo, connection, turns, null);
        run.begin();
        return run.await();
    }

    @Override
    public CommandStream stream(HostCommand command, Consumer<String> line, Consumer<CommandResult> ended)
            throws InterruptedException {
        CommandRun.Streaming streaming =
                new CommandRun.Streaming(stdout -> readLines(stdout, command.outputLimit(), line), ended);
        CommandRun run = new CommandRun(name, command, sudo, connection, turns, streaming);
        run.begin();
        run.awaitStart();
        return () -> run.cut("Paramedic ended it");
    }

    private static void readLines(InputStream stdout, int limit, Consumer<String> line) {
        try {
            new LineReader(limit, line).readAll(stdout);
        } catch (IOException e) {
            // The channel is closed, and its ending tells how.
            return;
        }
    }

    @Override
    public void close() {
        connection.close();
        closed.run();
    }
}
