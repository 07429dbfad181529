package io.paramedic.deploy.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a command line that is not understood: what is wrong, what was probably meant, where help is. */
final class Mistyped implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException mistake, String[] args) {
        CommandLine where = mistake.getCommandLine();
        PrintWriter err = where.getErr();
        err.println("paramedic: " + sentence(mistake, where));
        err.println("See " + where.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.USAGE.code();
    }

    private static String sentence(ParameterException mistake, CommandLine where) {
        if (!(mistake instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(mistake.getMessage());
        }
        String word = unmatched.getUnmatched().getFirst();
        if (word.startsWith("-")) {
            return "there is no option '" + word + "'." + meant(word, optionNames(where));
        }
        if (where.getSubcommands().isEmpty()) {
            return "'" + word + "' is one word too many.";
        }
        return "there is no command '" + word + "'." + meant(word, commandNames(where));
    }

    private static String meant(String word, List<String> candidates) {
        List<String> near = NearMiss.of(word, candidates);
        return near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
    }

    private static List<String> optionNames(CommandLine where) {
        return where.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .map(CommandLine.Model.OptionSpec::longestName)
                .toList();
    }

    private static List<String> commandNames(CommandLine where) {
        return where.getSubcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }
}
