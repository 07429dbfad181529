package io.paramedic.collector.dialect;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What {@code xe ... --minimal} prints: the first requested field of each record, joined by commas (toolstack facts
 * §3.2). An empty line means no match, and also a field that {@code xe} does not know.
 */
public final class XeMinimal {
    private static final String TOOL = "xe --minimal";

    private XeMinimal() {}

    /** The values, their escapes taken away. A value that holds a newline makes the whole unreadable. */
    public static Reading<List<String>> parse(String stdout) {
        List<Line> lines = Line.of(stdout);
        if (lines.size() != 1 || !lines.getFirst().ended()) {
            return Reading.unreadable(TOOL, 0, "not one line", stdout);
        }
        String text = lines.getFirst().text();
        List<String> values = new ArrayList<>();
        if (text.isEmpty()) {
            return Reading.of(values);
        }
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',') {
                values.add(value.toString());
                value.setLength(0);
            } else if (c != '\\') {
                value.append(c);
            } else if (i + 1 < text.length() && (text.charAt(i + 1) == ',' || text.charAt(i + 1) == '\\')) {
                i++;
                value.append(text.charAt(i));
            } else {
                return lines.getFirst().not(TOOL, "a backslash that escapes nothing");
            }
        }
        values.add(value.toString());
        return Reading.of(List.copyOf(values));
    }

    /** The values as uuids, each once; this output holds nothing that anybody could forge. */
    public static Reading<Set<UUID>> uuids(String stdout) {
        return switch (parse(stdout)) {
            case Reading.Unreadable<List<String>>(Unparseable why) -> new Reading.Unreadable<>(why);
            case Reading.Read<List<String>>(List<String> values) -> {
                Set<UUID> uuids = new LinkedHashSet<>();
                for (String value : values) {
                    UUID uuid = Words.uuid(value);
                    if (uuid == null || !uuids.add(uuid)) {
                        yield Reading.unreadable(TOOL, 1, "not a uuid, or one that is there twice", value);
                    }
                }
                yield Reading.of(uuids);
            }
        };
    }
}
