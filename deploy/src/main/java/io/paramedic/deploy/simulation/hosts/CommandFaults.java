package io.paramedic.deploy.simulation.hosts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What goes wrong with commands on one host, by the words that they begin with. */
public final class CommandFaults {
    /** One way to go wrong. */
    public sealed interface Fault {
        /** It takes so much longer. */
        record Slow(Duration delay) implements Fault {}

        /** There is no such program. */
        record Missing() implements Fault {}

        /** It starts and never ends. */
        record Hangs() implements Fault {}

        /** It prints this on standard output, succeeds, and does nothing. */
        record Garbage(String text) implements Fault {}

        /** The connection breaks, and the command never ran. */
        record CutBefore() implements Fault {}

        /** The command runs, and then the connection breaks before anybody heard of it. */
        record CutAfter() implements Fault {}
    }

    private static final class Rule {
        private final String prefix;
        private final Fault fault;
        private int left;

        private Rule(String prefix, Fault fault, int left) {
            this.prefix = prefix;
            this.fault = fault;
            this.left = left;
        }

        private boolean matches(String command) {
            return prefix.isEmpty() || command.equals(prefix) || command.startsWith(prefix + " ");
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    /**
     * From now on each command whose words begin with {@code prefix}, such as {@code xl destroy}, goes wrong so; an empty
     * prefix is every command.
     */
    public synchronized CommandFaults add(String prefix, Fault fault) {
        rules.add(new Rule(prefix, fault, Integer.MAX_VALUE));
        return this;
    }

    /** Only the next such command does. */
    public synchronized CommandFaults once(String prefix, Fault fault) {
        rules.add(new Rule(prefix, fault, 1));
        return this;
    }

    public synchronized void clear() {
        rules.clear();
    }

    /** The faults of this command, in the order added; those for once are used up. */
    synchronized List<Fault> take(List<String> argv) {
        String command = String.join(" ", argv);
        List<Fault> taken = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.left > 0 && rule.matches(command)) {
                taken.add(rule.fault);
                rule.left--;
            }
        }
        rules.removeIf(rule -> rule.left <= 0);
        return taken;
    }
}
