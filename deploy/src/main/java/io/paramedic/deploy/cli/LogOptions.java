package io.paramedic.deploy.cli;

import io.paramedic.deploy.ring.LogHome;
import io.paramedic.deploy.ring.LogUnavailable;
import io.paramedic.deploy.ring.OpenLog;
import io.paramedic.deploy.ring.RingFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which log a command reads and writes; every command that is not for one host alone takes these options. */
final class LogOptions {
    static final Path USUAL_FILE = Path.of("paramedic.yaml");
    static final Path USUAL_DATA = Path.of("paramedic-data");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration; paramedic.yaml of this folder if there is one and nothing is named.")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory of the Paramedic of this machine, in place of a configuration.")
    private @Nullable Path data;

    @Option(
            names = "--kafka",
            paramLabel = "FILE",
            description = "Settings of an external Kafka (bootstrap.servers and what TLS and SASL need), in place of a"
                    + " configuration.")
    private @Nullable Path kafka;

    /** The configuration file that holds, if one does. */
    @Nullable
    Path file() {
        if (config != null) {
            return config;
        }
        return data == null && kafka == null && Files.isRegularFile(USUAL_FILE) ? USUAL_FILE : null;
    }

    /** @throws ParameterException where the options contradict each other or the configuration cannot be used */
    LogHome home(CommandSpec spec) {
        if (data != null && kafka != null || config != null && (data != null || kafka != null)) {
            throw new ParameterException(spec.commandLine(), "give one of --config, --data and --kafka");
        }
        if (kafka != null) {
            return new LogHome.External(kafka);
        }
        if (data != null) {
            return new LogHome.Embedded(data, 0);
        }
        Path file = file();
        return file == null
                ? new LogHome.Embedded(USUAL_DATA, 0)
                : read(file, spec).log();
    }

    static RingFile read(Path file, CommandSpec spec) {
        return switch (RingFile.read(file)) {
            case RingFile.Parsed.Ok(RingFile usable) -> usable;
            case RingFile.Parsed.Refused refused -> throw new ParameterException(spec.commandLine(), refused.text());
        };
    }

    /** Runs with the log, and says on standard error why it cannot where there is none. */
    ExitCode with(CommandSpec spec, Work work) throws Exception {
        LogHome home = home(spec);
        try (OpenLog log = OpenLog.joining(home)) {
            return work.with(log);
        } catch (LogUnavailable none) {
            spec.commandLine().getErr().println("paramedic: " + none.getMessage());
            return ExitCode.NO_LOG;
        }
    }

    interface Work {
        ExitCode with(OpenLog log) throws Exception;
    }
}
