package io.paramedic.deploy.cli;

import io.paramedic.deploy.simulation.SimulateHosts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code paramedic simulate-hosts}: hosts to try things on, without Xen. */
@Command(
        name = "simulate-hosts",
        mixinStandardHelpOptions = true,
        description = {
            "Starts simulated Xen hosts on 127.0.0.1: real SSH servers whose tools answer from a model, two of them"
                    + " with faults. Prints how to reach them and what is true on them, and runs until interrupted.",
            ""
        })
final class SimulateHostsCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Option(
            names = "--healthy",
            defaultValue = "0",
            paramLabel = "N",
            description = "Healthy hosts beside the two sick ones (${DEFAULT-VALUE}).")
    private int healthy;

    @Option(
            names = "--domains",
            defaultValue = "10",
            paramLabel = "N",
            description = "Guests on each healthy host (${DEFAULT-VALUE}).")
    private int domains;

    @Option(
            names = "--time-factor",
            defaultValue = "1",
            paramLabel = "X",
            description = "How many times as fast time passes on them (${DEFAULT-VALUE}).")
    private double timeFactor;

    @Option(
            names = "--records",
            paramLabel = "DIR",
            description = "Keep each host's record of the commands that reached it here.")
    private @Nullable Path records;

    @Override
    public ExitCode run() throws IOException {
        if (healthy < 0 || domains < 0 || !(timeFactor > 0)) {
            throw new ParameterException(
                    spec.commandLine(), "--healthy and --domains must not be below 0, --time-factor must be above 0");
        }
        SimulateHosts.run(
                new SimulateHosts.Options(healthy, domains, timeFactor, Optional.ofNullable(records)),
                spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
