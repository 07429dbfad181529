package io.paramedic.deploy.cli;

import java.util.List;

/** What the command line can do, in the order in which the help shows it. */
final class Subcommands {
    private Subcommands() {}

    static List<Subcommand> all() {
        return List.of(
                new DemoCommand(),
                new DoctorCommand(),
                new UpCommand.Up(),
                new StatusCommand(),
                new IncidentsCommand(),
                new ExplainCommand(),
                new WatchCommand(),
                new PauseCommand(),
                new ResumeCommand(),
                new HoldCommand(),
                new AnswerCommand.Approve(),
                new AnswerCommand.Reject(),
                new HostsCommand(),
                new PolicyCommand(),
                new UpCommand.Collector(),
                new UpCommand.Analyzer(),
                new UpCommand.Actuator(),
                new SimulateHostsCommand(),
                new AotTrain());
    }
}
