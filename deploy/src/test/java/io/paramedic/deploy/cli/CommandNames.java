package io.paramedic.deploy.cli;

import java.util.Set;

/** The commands that the command line has, for tests elsewhere. */
public final class CommandNames {
    private CommandNames() {}

    public static Set<String> all() {
        return Set.copyOf(Paramedic.commandLine().getSubcommands().keySet());
    }
}
