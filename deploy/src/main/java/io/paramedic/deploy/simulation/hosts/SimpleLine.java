package io.paramedic.deploy.simulation.hosts;

import io.paramedic.collector.access.HostCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command line that means the same without a shell: plain or quoted words, joined by {@code ;}, {@code &&} and
 * {@code ||}, perhaps with output thrown away. Anything else is for a real shell.
 *
 * @param root whether {@code sudo} stood before it
 */
public record SimpleLine(boolean root, List<Step> steps) {
    private static final String NEEDS_SHELL = "$`\\*?[]{}~#&|<>()!=\n\r";
    private static final List<String> SUDO = List.of("sudo", "-n", "--");

    /** When a step runs, given the status of the one before. */
    public enum Join {
        ALWAYS,
        IF_OK,
        IF_FAILED
    }

    /** One command with its words. */
    public record Step(Join join, List<String> words, Streams streams) {}

    /** Where the output of a step goes. */
    public enum Streams {
        BOTH,
        NO_STDERR,
        NO_STDOUT,
        NEITHER,
        MERGED
    }

    /** The line, if it needs no shell. */
    public static Optional<SimpleLine> parse(String line) {
        return parse(line, false);
    }

    private static Optional<SimpleLine> parse(String line, boolean root) {
        String rest = line.startsWith(HostCommand.PRELUDE) ? line.substring(HostCommand.PRELUDE.length()) : line;
        Optional<List<Step>> steps = new Parser(rest).steps();
        if (steps.isEmpty() || steps.get().isEmpty()) {
            return Optional.empty();
        }
        List<String> first = steps.get().getFirst().words();
        if (!first.getFirst().equals("sudo")) {
            return Optional.of(new SimpleLine(root, steps.get()));
        }
        if (steps.get().size() > 1 || first.size() < 4 || !first.subList(0, 3).equals(SUDO)) {
            return Optional.empty();
        }
        List<String> run = first.subList(3, first.size());
        if (run.size() == 3 && run.getFirst().equals("sh") && run.get(1).equals("-c")) {
            return parse(run.get(2), true);
        }
        Step step = steps.get().getFirst();
        return Optional.of(new SimpleLine(true, List.of(new Step(step.join(), run, step.streams()))));
    }

    /** A tokenizer that gives up at the first thing only a shell can do. */
    private static final class Parser {
        private final String text;
        private int at;
        private Join join = Join.ALWAYS;
        private final List<Step> steps = new ArrayList<>();
        private List<String> words = new ArrayList<>();
        private Streams streams = Streams.BOTH;

        private Parser(String text) {
            this.text = text;
        }

        private Optional<List<Step>> steps() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == ' ' || c == '\t') {
                    at++;
                } else if (!(separator() || redirection() || word())) {
                    return Optional.empty();
                }
            }
            boolean dangling = words.isEmpty() && join != Join.ALWAYS;
            end(Join.ALWAYS);
            return dangling ? Optional.empty() : Optional.of(steps);
        }

        private boolean separator() {
            if (text.startsWith("&&", at)) {
                at += 2;
                return end(Join.IF_OK);
            }
            if (text.startsWith("||", at)) {
                at += 2;
                return end(Join.IF_FAILED);
            }
            if (text.charAt(at) == ';') {
                at++;
                return end(Join.ALWAYS);
            }
            return false;
        }

        /** Takes the words so far as a step; false if there are none, which is an error before a separator. */
        private boolean end(Join next) {
            if (words.isEmpty()) {
                return false;
            }
            steps.add(new Step(join, List.copyOf(words), streams));
            words = new ArrayList<>();
            streams = Streams.BOTH;
            join = next;
            return true;
        }

        private boolean redirection() {
            for (String form : List.of("2>&1", "2>/dev/null", "2> /dev/null", ">/dev/null", "> /dev/null")) {
                int after = at + form.length();
                if (text.startsWith(form, at) && (after == text.length() || " \t;".indexOf(text.charAt(after)) >= 0)) {
                    at = after;
                    return redirect(form);
                }
            }
            return false;
        }

        private boolean redirect(String form) {
            if (streams == Streams.MERGED) {
                return false;
            }
            boolean merge = form.equals("2>&1");
            boolean stderr = form.startsWith("2");
            streams = switch (streams) {
                case BOTH -> merge ? Streams.MERGED : stderr ? Streams.NO_STDERR : Streams.NO_STDOUT;
                case NO_STDERR -> merge ? Streams.MERGED : stderr ? Streams.NO_STDERR : Streams.NEITHER;
                case NO_STDOUT -> stderr ? Streams.NEITHER : Streams.NO_STDOUT;
                case NEITHER, MERGED -> Streams.NEITHER;
            };
            return true;
        }

        private boolean word() {
            StringBuilder word = new StringBuilder();
            int start = at;
            while (at < text.length() && " \t;&|<>".indexOf(text.charAt(at)) < 0) {
                char c = text.charAt(at);
                if (c == '\'' || c == '"') {
                    int end = text.indexOf(c, at + 1);
                    if (end < 0) {
                        return false;
                    }
                    String inside = text.substring(at + 1, end);
                    if (c == '"' && inside.matches("(?s).*[$`\\\\!].*")) {
                        return false;
                    }
                    word.append(inside);
                    at = end + 1;
                } else if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\'') {
                    word.append('\'');
                    at += 2;
                } else if (c == '=' && !words.isEmpty()) {
                    word.append(c);
                    at++;
                } else if (NEEDS_SHELL.indexOf(c) >= 0) {
                    return false;
                } else {
                    word.append(c);
                    at++;
                }
            }
            words.add(word.toString());
            return at > start;
        }
    }
}
