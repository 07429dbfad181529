package io.paramedic.collector.access;

import java.util.function.Consumer;

/** Another access, every command of which runs as root by {@code sudo -n}, which asks nobody for a password. */
final class SudoAccess implements HostAccess {
    private final HostAccess access;

    SudoAccess(HostAccess access) {
        this.access = access;
    }

    @Override
    public String name() {
        return access.name();
    }

    @Override
    public CommandResult run(HostCommand command) throws InterruptedException {
        return access.run(asRoot(command));
    }

    @Override
    public CommandStream stream(HostCommand command, Consumer<String> line, Consumer<CommandResult> ended)
            throws InterruptedException {
        return access.stream(asRoot(command), line, ended);
    }

    private static HostCommand asRoot(HostCommand command) {
        return new HostCommand(
                "sudo -n -- sh -c " + HostCommand.quote(command.line()), command.limit(), command.outputLimit());
    }

    @Override
    public void close() {
        access.close();
    }
}
