package io.paramedic.deploy.cli;

import io.paramedic.deploy.ring.Ring.Part;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code paramedic up}, and the commands that run one part alone. */
abstract class UpCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Mixin
    private LogOptions log = new LogOptions();

    /** What runs in this process. */
    abstract Set<Part> parts();

    @Override
    public ExitCode run() throws Exception {
        return new PartsRun(spec, log).run(parts());
    }

    /** Everything. */
    @Command(
            name = "up",
            mixinStandardHelpOptions = true,
            description = {
                "Runs all of Paramedic in this process until it is interrupted: the embedded broker unless the"
                    + " configuration names an external Kafka, collector, analyzer and actuator. Hosts and policies of"
                    + " the configuration are put on the log first. Without a policy it only observes.",
                ""
            })
    static final class Up extends UpCommand {
        @Override
        Set<Part> parts() {
            return Part.ALL;
        }
    }

    /** Looks at hosts. */
    @Command(
            name = "collector",
            mixinStandardHelpOptions = true,
            description = {
                "Runs a collector: it looks at the hosts that Kafka gives it and tells the log what it saw. Any number"
                        + " share the hosts.",
                ""
            })
    static final class Collector extends UpCommand {
        @Override
        Set<Part> parts() {
            return Set.of(Part.COLLECTOR);
        }
    }

    /** Decides. */
    @Command(
            name = "analyzer",
            mixinStandardHelpOptions = true,
            description = {
                "Runs an analyzer: it decides for the pools that Kafka gives it. Any number share the pools.",
                ""
            })
    static final class Analyzer extends UpCommand {
        @Override
        Set<Part> parts() {
            return Set.of(Part.ANALYZER);
        }
    }

    /** Acts. */
    @Command(
            name = "actuator",
            mixinStandardHelpOptions = true,
            description = {
                "Runs an actuator: it carries out commands on hosts, each at most once. Any number share the pools.",
                ""
            })
    static final class Actuator extends UpCommand {
        @Override
        Set<Part> parts() {
            return Set.of(Part.ACTUATOR);
        }
    }
}
