package io.paramedic.deploy.cli;

import java.util.List;

/** What the command line can do, in the order in which the help shows it. */
final class Subcommands {
    private Subcommands() {}

    static List<Subcommand> all() {
        return List.of(new DemoCommand(), new DoctorCommand(), new SimulateHostsCommand(), new AotTrain());
    }
}
