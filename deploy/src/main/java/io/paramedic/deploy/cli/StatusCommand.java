package io.paramedic.deploy.cli;

import io.paramedic.deploy.operator.Situation;
import io.paramedic.deploy.operator.StatusPage;
import io.paramedic.schemas.wire.Codec;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code paramedic status}: how things stand. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows every pool and host, how far what is known of it can be relied upon, how many VMs have two"
                    + " independent witnesses and which have not, and the open incidents.",
            ""
        })
final class StatusCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Mixin
    private LogOptions log = new LogOptions();

    @Option(names = "--pool", paramLabel = "POOL", description = "Show this pool alone.")
    private @Nullable String pool;

    @Option(names = "--json", description = "Print one JSON document for programs.")
    private boolean json;

    @Override
    public ExitCode run() throws Exception {
        return log.with(spec, open -> {
            Situation all = Situation.read(open.log());
            Situation shown = pool == null ? all : all.inPool(pool);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(new String(Codec.ofDocument(Situation.class).encode(shown), StandardCharsets.UTF_8));
            } else {
                new StatusPage(Terminal.paint(Terminal.Colour.auto)).of(shown).forEach(out::println);
            }
            out.flush();
            return shown.open().isEmpty() ? ExitCode.OK : ExitCode.SICK;
        });
    }
}
