package io.paramedic.collector.dialect;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /etc/xensource-inventory}: its presence tells a XenServer or XCP-ng host. Lines of {@code KEY='value'} in no
 * order; where a key is there twice the last one counts, as for a shell that sources the file.
 *
 * @param values by key
 */
public record XenInventory(Map<String, String> values) {
    private static final String TOOL = "xensource-inventory";
    private static final Pattern LINE = Pattern.compile("([A-Z][A-Z0-9_]*+)='([^']*+)'");

    public XenInventory {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public static Reading<XenInventory> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Line line : Line.of(text)) {
            if (line.text().isBlank() && line.ended()) {
                continue;
            }
            Matcher pair = LINE.matcher(line.text());
            if (!line.ended() || !pair.matches()) {
                return line.not(TOOL, line.ended() ? "not a key and a quoted value" : Line.CUT_OFF);
            }
            values.put(pair.group(1), pair.group(2).strip());
        }
        return values.containsKey("INSTALLATION_UUID")
                ? Reading.of(new XenInventory(values))
                : Reading.unreadable(TOOL, 0, "no INSTALLATION_UUID", text);
    }

    /** This host, as {@code resident-on} names it. */
    public @Nullable UUID host() {
        return Words.uuid(values.getOrDefault("INSTALLATION_UUID", ""));
    }

    /** The VM uuid of dom0, which is also its handle in the hypervisor (toolstack facts §1.3). */
    public @Nullable UUID controlDomain() {
        return Words.uuid(values.getOrDefault("CONTROL_DOMAIN_UUID", ""));
    }

    /** For example {@code XCP-ng}. */
    public @Nullable String brand() {
        return values.get("PRODUCT_BRAND");
    }

    /** For example {@code 8.3.0}. */
    public @Nullable String version() {
        return values.get("PRODUCT_VERSION");
    }
}
