package io.paramedic.collector.sampling;

import io.paramedic.collector.dialect.ProcessRow;
import java.util.Arrays;
import java.util.List;

/** Questions about dom0's process table. */
final class Processes {
    private Processes() {}

    /** The program's file name, without its folder. Kernel threads, which ps prints in brackets, have none. */
    static String program(ProcessRow process) {
        String first = process.args().split(" ", 2)[0];
        return first.startsWith("[") ? "" : first.substring(first.lastIndexOf('/') + 1);
    }

    /** Command lines of programs, ours excepted, that have the domid as a word of its own. */
    static List<String> naming(int domid, List<ProcessRow> processes) {
        String number = Integer.toString(domid);
        return processes.stream()
                .filter(p -> !program(p).isEmpty())
                .filter(p -> !p.args().contains("gnttab_query_size"))
                .filter(p -> Arrays.asList(p.args().split("[\\s=,]+")).contains(number))
                .map(ProcessRow::args)
                .toList();
    }

    /** The background process that acts on a guest's shutdown is the {@code xl} that made it (toolstack facts §2.3). */
    static boolean makesDomains(ProcessRow process) {
        String args = process.args() + " ";
        return program(process).equals("xl")
                && (args.contains(" create ") || args.contains(" restore ") || args.contains(" migrate-receive "));
    }

    /** Whether it was started with a configuration whose file is named after the domain, as is the custom. */
    static boolean configurationOf(String name, ProcessRow process) {
        return Arrays.stream(process.args().split(" "))
                .map(word -> word.substring(word.lastIndexOf('/') + 1))
                .anyMatch(file -> file.equals(name) || file.startsWith(name + "."));
    }
}
