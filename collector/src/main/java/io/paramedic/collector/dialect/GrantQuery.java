package io.paramedic.collector.dialect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code xen-diag gnttab_query_size N}, for one domain or for several after another (toolstack facts §7). Its exit
 * status 0 alone means nothing: an unknown command and a hypervisor that cannot be opened give it too, without a line.
 *
 * <p>A digit that is lost, doubled or replaced cannot be seen: the line has no fixed width.
 */
public final class GrantQuery {
    private static final String TOOL = "xen-diag";
    private static final Pattern ROW =
            Pattern.compile("domid=([0-9]{1,5}): nr_frames=([0-9]{1,9}), max_nr_frames=([0-9]{1,9})");

    private GrantQuery() {}

    public static Table<GrantRow> parse(String stdout) {
        return Rows.<GrantRow>read(TOOL, Line.of(stdout), GrantQuery::row).unique(GrantRow::domid);
    }

    private static Reading<GrantRow> row(Line line) {
        Matcher row = ROW.matcher(line.text());
        if (!row.matches()) {
            return line.not(TOOL, "not a grant table's size");
        }
        Integer domid = Words.domid(row.group(1));
        Integer frames = Words.count(row.group(2));
        Integer maxFrames = Words.count(row.group(3));
        if (domid == null || frames == null || maxFrames == null) {
            return line.not(TOOL, "a number that it does not print");
        }
        return frames > maxFrames
                ? line.not(TOOL, "more frames than there can be")
                : Reading.of(new GrantRow(domid, frames, maxFrames));
    }
}
