package io.paramedic.deploy.cli;

import io.paramedic.analyzer.policy.Parsed;
import io.paramedic.analyzer.policy.Policy;
import io.paramedic.analyzer.policy.PolicyDocument;
import io.paramedic.deploy.operator.Orders;
import io.paramedic.deploy.operator.PolicyRecord;
import io.paramedic.deploy.operator.Situation;
import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.event.PoolEvent.PolicyChanged;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code paramedic policy}: how far Paramedic goes in a pool. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {"Verifies, sets and shows policies: how far Paramedic goes in a pool.", ""},
        subcommands = {PolicyCommand.Check.class, PolicyCommand.SetPolicy.class, PolicyCommand.Show.class})
final class PolicyCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public ExitCode run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** The document where it is sound; else its problems are on standard error. */
    static Optional<String> read(Path file, CommandSpec spec) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            spec.commandLine().getErr().println("paramedic: the policy " + file + " cannot be read: " + failed);
            return Optional.empty();
        }
        return switch (PolicyDocument.parse(text)) {
            case Parsed.Ok _ -> Optional.of(text);
            case Parsed.Refused refused -> {
                spec.commandLine().getErr().println("paramedic: " + file + " is refused:");
                refused.problems()
                        .forEach(problem -> spec.commandLine().getErr().println("  " + problem.text()));
                yield Optional.empty();
            }
        };
    }

    /** {@code paramedic policy check}. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Verifies a policy without setting it: all problems at once, or the whole policy with its defaults.",
                ""
            })
    static final class Check implements Subcommand {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli before run
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "The policy, in YAML; see deploy/docs/policy.md.")
        @SuppressWarnings("NullAway.Init") // required by picocli
        private Path file;

        @Override
        public ExitCode run() {
            Optional<String> document = read(file, spec);
            document.map(PolicyDocument::parse).ifPresent(parsed -> {
                if (parsed instanceof Parsed.Ok(Policy policy)) {
                    PrintWriter out = spec.commandLine().getOut();
                    out.print(PolicyDocument.write(policy));
                    out.flush();
                }
            });
            return document.isPresent() ? ExitCode.OK : ExitCode.NOT_DONE;
        }
    }

    /** {@code paramedic policy set}. */
    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = {"Sets the policy of a pool. It holds from where it stands on the log.", ""})
    static final class SetPolicy implements Subcommand {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli before run
        private CommandSpec spec;

        @Mixin
        private LogOptions log = new LogOptions();

        @Mixin
        private ByOption by = new ByOption();

        @Parameters(index = "0", paramLabel = "POOL", description = "The pool.")
        @SuppressWarnings("NullAway.Init") // required by picocli
        private String pool;

        @Parameters(index = "1", paramLabel = "FILE", description = "The policy, in YAML; see deploy/docs/policy.md.")
        @SuppressWarnings("NullAway.Init") // required by picocli
        private Path file;

        @Option(names = "--why", paramLabel = "TEXT", defaultValue = "", description = "Why, for whoever looks next.")
        private String why = "";

        @Override
        public ExitCode run() throws Exception {
            Optional<String> document = read(file, spec);
            if (document.isEmpty()) {
                return ExitCode.NOT_DONE;
            }
            return log.with(spec, open -> {
                if (Situation.read(open.log()).inPool(pool).inventory().isEmpty()) {
                    spec.commandLine()
                            .getErr()
                            .println("paramedic: no host of the inventory is in a pool " + Paint.plain(pool)
                                    + ". './paramedic host list' shows the pools.");
                    return ExitCode.NOT_DONE;
                }
                try (Orders orders = new Orders(open.log(), by.name())) {
                    long revision = orders.setPolicy(open.log(), pool, document.get(), why);
                    spec.commandLine()
                            .getOut()
                            .println("Policy revision " + revision + " of pool " + Paint.plain(pool) + ".");
                }
                return ExitCode.OK;
            });
        }
    }

    /** {@code paramedic policy show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = {"Shows the policy that was last set for a pool, or the default.", ""})
    static final class Show implements Subcommand {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli before run
        private CommandSpec spec;

        @Mixin
        private LogOptions log = new LogOptions();

        @Parameters(arity = "0..1", paramLabel = "POOL", description = "The pool; without one the default is shown.")
        private @Nullable String pool;

        @Override
        public ExitCode run() throws Exception {
            PrintWriter out = spec.commandLine().getOut();
            if (pool == null) {
                out.print(PolicyDocument.write(Policy.DEFAULT));
                out.flush();
                return ExitCode.OK;
            }
            String named = pool;
            return log.with(spec, open -> {
                PolicyRecord record = PolicyRecord.read(open.log(), named);
                PolicyChanged newest = record.newest();
                if (record.revision() == 0) {
                    out.println("# pool " + Paint.plain(named) + ": nobody has set one, so the default holds");
                    out.print(PolicyDocument.write(Policy.DEFAULT));
                } else if (newest == null) {
                    out.println("# pool " + Paint.plain(named) + ": revision " + record.revision() + ", sha256 "
                            + record.sha256() + "; its text is older than the events that are kept");
                } else {
                    out.println("# pool " + Paint.plain(named) + ": revision " + newest.revision() + " by "
                            + Paint.plain(newest.by())
                            + (newest.why().isEmpty() ? "" : ": " + Paint.plain(newest.why())));
                    newest.document().lines().forEach(line -> out.println(Paint.plain(line)));
                }
                out.flush();
                return ExitCode.OK;
            });
        }
    }
}
