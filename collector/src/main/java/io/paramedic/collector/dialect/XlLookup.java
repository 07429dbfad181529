package io.paramedic.collector.dialect;

import java.util.List;

/**
 * {@code xl domid NAME} and {@code xl domname ID}. A name that is not found is not a domain that is gone: zombies and,
 * after a restart of xenstored, all running VMs have none (lab facts 1 and 2).
 */
public final class XlLookup {
    private XlLookup() {}

    /** Reads {@code xl domid}: one number. */
    public static Reading<Integer> domid(String stdout) {
        String tool = "xl domid";
        List<Line> lines = Line.of(stdout);
        Integer domid = lines.size() == 1 && lines.getFirst().ended()
                ? Words.domid(lines.getFirst().text())
                : null;
        return domid == null ? Reading.unreadable(tool, 0, "not one domid", stdout) : Reading.of(domid);
    }

    /** Reads {@code xl domname}: the name, which may hold anything, newlines too, and one newline behind it. */
    public static Reading<String> name(String stdout) {
        return stdout.endsWith("\n")
                ? Reading.of(stdout.substring(0, stdout.length() - 1))
                : Reading.unreadable("xl domname", 0, "no line end", stdout);
    }
}
