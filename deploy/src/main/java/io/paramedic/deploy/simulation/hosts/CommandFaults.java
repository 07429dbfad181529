package io.paramedic.deploy.simulation.hosts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

        /** The command runs; at most so many characters of its output arrive, and then the connection breaks. */
        record CutDuring(int characters) implements Fault {}
    }

    private static final class Rule {
        private final String prefix;
        private final Fault fault;
        private int spared;
        private int left;

        private Rule(String prefix, Fault fault, int spared, int left) {
            this.prefix = prefix;
            this.fault = fault;
            this.spared = spared;
            this.left = left;
        }

        /** What befalls every program befalls the one under a {@code timeout}, and not that a second time. */
        private boolean matches(String command) {
            return (prefix.isEmpty() && !command.startsWith(Timeout.PROGRAM + " "))
                    || command.equals(prefix)
                    || command.startsWith(prefix + " ");
        }
    }

    private final List<Rule> rules = new ArrayList<>();
    private final Set<String> uninstalled = new HashSet<>();

    /**
     * From now on each command whose words begin with {@code prefix}, such as {@code xl destroy}, goes wrong so; an empty
     * prefix is every command.
     */
    public synchronized CommandFaults add(String prefix, Fault fault) {
        rules.add(new Rule(prefix, fault, 0, Integer.MAX_VALUE));
        return this;
    }

    /** Only the next such command does. */
    public synchronized CommandFaults once(String prefix, Fault fault) {
        return nth(prefix, 1, fault);
    }

    /** Only the {@code number}-th such command from now on does, for example in the middle of a look; the first is 1. */
    public synchronized CommandFaults nth(String prefix, int number, Fault fault) {
        rules.add(new Rule(prefix, fault, number - 1, 1));
        return this;
    }

    /** There is no such program on this host: it does not run, and {@code command -v} does not find it. */
    public synchronized CommandFaults uninstall(String program) {
        uninstalled.add(program);
        return add(program, new Fault.Missing());
    }

    synchronized boolean uninstalled(String program) {
        return uninstalled.contains(program);
    }

    public synchronized void clear() {
        rules.clear();
        uninstalled.clear();
    }

    /** The faults of this command, in the order added; those for once are used up. */
    synchronized List<Fault> take(List<String> argv) {
        String command = String.join(" ", argv);
        List<Fault> taken = new ArrayList<>();
        for (Rule rule : rules) {
            if (!rule.matches(command)) {
                continue;
            }
            if (rule.spared > 0) {
                rule.spared--;
            } else if (rule.left > 0) {
                taken.add(rule.fault);
                rule.left--;
            }
        }
        rules.removeIf(rule -> rule.left <= 0);
        return taken;
    }
}
