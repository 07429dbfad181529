package io.paramedic.deploy.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program that {@code ./paramedic} starts. */
@Command(
        name = "paramedic",
        mixinStandardHelpOptions = true,
        versionProvider = Paramedic.Version.class,
        description = "Rescues hung and zombie Xen domains across whole pools, and never acts twice.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n")
public final class Paramedic implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(execute(commandLine(), args));
    }

    /** The whole command line, ready to execute. */
    static CommandLine commandLine() {
        CommandLine root = new CommandLine(new Paramedic());
        Subcommands.all().forEach(root::addSubcommand);
        root.addSubcommand(new HelpCommand());
        root.getCommandSpec().usageMessage().exitCodeList(exitCodes());
        root.setParameterExceptionHandler(new Mistyped());
        root.setExecutionExceptionHandler((bug, where, _) -> report(bug, where.getErr()));
        return root;
    }

    /**
     * Executes a command line. Nothing leaves this method: left alone, the JVM would end with 1 for an error of its own,
     * and 1 says that something sick was found.
     *
     * @return the code with which the process ends
     */
    static int execute(CommandLine commandLine, String... args) {
        try {
            return commandLine.execute(args);
        } catch (Throwable bug) {
            return report(bug, commandLine.getErr());
        }
    }

    /** Without a command there is nothing to do; that is a mistake, and the help is the answer. */
    @Override
    public ExitCode run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    private static int report(Throwable bug, PrintWriter err) {
        err.println(
                "paramedic: a bug of ours ended this command. Please report it with the lines below and with what you"
                        + " typed. " + Version.line());
        bug.printStackTrace(err);
        err.flush();
        return ExitCode.INTERNAL.code();
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode exitCode : ExitCode.values()) {
            codes.put(" " + exitCode.code(), exitCode.meaning());
        }
        return codes;
    }

    /** Which Paramedic this is, and what it runs on. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {line()};
        }

        static String line() {
            // The manifest of the jar has it; classes in a folder, as in tests, have none.
            String version =
                    Objects.requireNonNullElse(Paramedic.class.getPackage().getImplementationVersion(), "(unpackaged)");
            return "paramedic %s (Java %s, %s %s)"
                    .formatted(
                            version, Runtime.version(), System.getProperty("os.name"), System.getProperty("os.arch"));
        }
    }
}
