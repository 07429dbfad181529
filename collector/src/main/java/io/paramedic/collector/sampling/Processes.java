package io.paramedic.collector.sampling;

import io.paramedic.collector.dialect.ProcessRow;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Questions about dom0's process table. */
final class Processes {
    /** Options whose value is a domid. */
    private static final Set<String> DOMID_OPTIONS = Set.of("-xen-domid", "-domid", "--domid", "-d");

    /** What xl does to one domain and ends; it may be told the domain by name. */
    private static final Set<String> XL_ACTS = Set.of(
            "destroy",
            "shutdown",
            "reboot",
            "pause",
            "unpause",
            "save",
            "suspend",
            "resume",
            "migrate",
            "remus",
            "dump-core",
            "trigger");

    private static final Pattern EVERY_DOMAIN = Pattern.compile("--all|-[a-zA-Z]*a[a-zA-Z]*");
    private static final Pattern OF_A_MIGRATION = Pattern.compile("--(?:incoming|migratedaway)$");

    /** Programs whose bare numbers are times, counts or process ids. */
    private static final Set<String> NUMBERS_ARE_NO_DOMIDS =
            Set.of("sleep", "timeout", "seq", "kill", "watch", "nice", "ping", "head", "tail", "xen-diag");

    private Processes() {}

    /** The program's file name, without its folder. Kernel threads, which ps prints in brackets, have none. */
    static String program(ProcessRow process) {
        String first = process.args().split(" ", 2)[0];
        return first.startsWith("[") ? "" : first.substring(first.lastIndexOf('/') + 1);
    }

    /**
     * Command lines of programs that name this domid as such: by an option for it, or, outside device models and programs whose
     * numbers mean something else, as an argument of its own. A number behind any other option names no domain.
     */
    static List<String> naming(int domid, List<ProcessRow> processes) {
        String number = Integer.toString(domid);
        return processes.stream()
                .filter(p -> !program(p).isEmpty())
                .filter(p -> names(number, p))
                .map(ProcessRow::args)
                .toList();
    }

    private static boolean names(String number, ProcessRow process) {
        String program = program(process);
        if (program.equals("qemu-dm-" + number)) {
            return true;
        }
        boolean bareNumbers = !program.startsWith("qemu") && !NUMBERS_ARE_NO_DOMIDS.contains(program);
        List<String> words = Arrays.asList(process.args().split("\\s+"));
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            String before = words.get(i - 1);
            if (word.equals("--domid=" + number) || word.equals("domid=" + number)) {
                return true;
            }
            boolean optioned = i > 1 && before.startsWith("-") && !before.equals("--");
            if (word.equals(number) && (optioned ? DOMID_OPTIONS.contains(before) : bareNumbers)) {
                return true;
            }
        }
        return false;
    }

    /** Commands of xl at work on a domain that they name in words; which one, only they know. */
    static List<String> actingByName(List<ProcessRow> processes) {
        return processes.stream()
                .filter(Processes::acts)
                .filter(p -> Arrays.stream(p.args().split("\\s+")).noneMatch(word -> word.matches("[0-9]+")))
                .map(ProcessRow::args)
                .toList();
    }

    /**
     * Commands of xl at work on the domain of this name, or on every domain. The name counts as whole words, wherever it stands:
     * one that is meant as something else only keeps us from acting. A migration renames the domain and goes on.
     */
    static List<String> actingOn(String name, List<ProcessRow> processes) {
        String words = " " + OF_A_MIGRATION.matcher(name).replaceFirst("").replaceAll("\\s+", " ") + " ";
        return processes.stream()
                .filter(Processes::acts)
                .filter(p -> (p.args().replaceAll("\\s+", " ") + " ").contains(words) || onEveryDomain(p))
                .map(ProcessRow::args)
                .toList();
    }

    private static boolean acts(ProcessRow process) {
        return program(process).equals("xl")
                && Arrays.stream(process.args().split("\\s+")).skip(1).anyMatch(XL_ACTS::contains);
    }

    private static boolean onEveryDomain(ProcessRow process) {
        List<String> words = Arrays.asList(process.args().split("\\s+"));
        return (words.contains("shutdown") || words.contains("reboot"))
                && words.stream().anyMatch(word -> EVERY_DOMAIN.matcher(word).matches());
    }

    /** The background process that acts on a guest's shutdown is the {@code xl} that made it (toolstack facts §2.3). */
    static boolean makesDomains(ProcessRow process) {
        String args = process.args() + " ";
        return program(process).equals("xl")
                && (args.contains(" create ") || args.contains(" restore ") || args.contains(" migrate-receive "));
    }

    /** Toolstacks over libxl that reap their domains themselves. */
    static boolean reapsForOthers(ProcessRow process) {
        return Set.of("libvirtd", "virtxend").contains(program(process));
    }

    /** Whether it was started with a configuration whose file is named after the domain, as is the custom. */
    static boolean configurationOf(String name, ProcessRow process) {
        return Arrays.stream(process.args().split(" "))
                .map(word -> word.substring(word.lastIndexOf('/') + 1))
                .anyMatch(file -> file.equals(name) || file.startsWith(name + "."));
    }
}
