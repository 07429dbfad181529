package io.paramedic.collector.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of {@code xl dmesg} that speak of trouble (toolstack facts §5.3, §7). Hints for people: the ring wraps,
 * release builds leave most grant warnings out, and a guest may be able to write lines. Silence proves nothing.
 */
public final class XlDmesg {
    private static final String XEN = "(XEN) ";
    /** Longer lines are not looked at. */
    private static final int LONGEST = 1000;

    private XlDmesg() {}

    public enum Kind {
        /** The guest armed a watchdog and did not feed it; it is shut down with code 4. */
        WATCHDOG_FIRED("Watchdog timer [0-9]{1,5} fired for d(?<domid>[0-9]{1,5})"),
        GRANT_LIMIT("d(?<domid>[0-9]{1,5}) is limited to [0-9]{1,9} grant-table frames"),
        GRANT_TROUBLE(
                "(?:[Bb]ad|[Ii]nvalid|[Ff]ailed|[Oo]ut of).{0,60}[Gg]rant|[Gg]rant.{0,60}(?:bad|invalid|fail|exhaust)"),
        DOMAIN_CRASHED("Domain (?<domid>[0-9]{1,5}) \\(vcpu#[0-9]{1,5}\\) crashed on cpu#[0-9]{1,5}"
                + "|[Dd]omain (?<domid2>[0-9]{1,5}) reported crashed by domain"
                + "|domain_crash called from "),
        DOM0_CRASHED("Hardware Dom0 (?:crashed|shutdown)"),
        PANIC("Panic on CPU");

        private final Pattern pattern;

        Kind(String regex) {
            this.pattern = Pattern.compile(regex);
        }
    }

    /**
     * @param kind what it speaks of
     * @param domid the domain that it names
     * @param number the line's number, from 1
     * @param quote the line, control characters made visible
     */
    public record Hint(Kind kind, @Nullable Integer domid, int number, String quote) {}

    /** The hints, in order. */
    public static List<Hint> parse(String stdout) {
        List<Hint> hints = new ArrayList<>();
        for (Line line : Line.of(stdout)) {
            if (!line.text().startsWith(XEN) || line.text().length() > LONGEST) {
                continue;
            }
            for (Kind kind : Kind.values()) {
                Matcher matcher = kind.pattern.matcher(line.text());
                if (matcher.find(XEN.length())) {
                    hints.add(new Hint(kind, domid(kind, matcher), line.number(), line.quote()));
                    break;
                }
            }
        }
        return hints;
    }

    private static @Nullable Integer domid(Kind kind, Matcher matcher) {
        for (String group : List.of("domid", "domid2")) {
            String text = kind.pattern.namedGroups().containsKey(group) ? matcher.group(group) : null;
            if (text != null) {
                return Words.domid(text);
            }
        }
        return null;
    }
}
