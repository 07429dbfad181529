package io.paramedic.analyzer.feed;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A place in the whole journal: of each partition, the offset of the first record that was not told yet. Its text is the id of
 * an event, for example {@code 9f86d081884c-0:12,1:5}, and what a client gives back to go on exactly there.
 *
 * @param log which journal it is of, see {@link JournalTopic#tag}
 * @param next by partition
 */
record Cursor(String log, SortedMap<Integer, Long> next) {
    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{12})-(\\d{1,6}:\\d{1,18}(?:,\\d{1,6}:\\d{1,18})*)");
    /** Longer than any that this class writes; longer ones are not even looked at. */
    private static final int LONGEST = 65_536;

    Cursor {
        next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
    }

    /** Of all partitions. */
    static Cursor of(String log, long[] next) {
        SortedMap<Integer, Long> map = new TreeMap<>();
        for (int partition = 0; partition < next.length; partition++) {
            map.put(partition, next[partition]);
        }
        return new Cursor(log, map);
    }

    /** Nothing where it is not the text of a cursor. */
    static Optional<Cursor> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        var matched = TEXT.matcher(text);
        if (!matched.matches()) {
            return Optional.empty();
        }
        SortedMap<Integer, Long> next = new TreeMap<>();
        for (String place : matched.group(2).split(",", -1)) {
            int colon = place.indexOf(':');
            Long twice = next.put(Integer.valueOf(place.substring(0, colon)), Long.valueOf(place.substring(colon + 1)));
            if (twice != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new Cursor(matched.group(1), next));
    }

    String text() {
        return next.entrySet().stream().map(Cursor::place).collect(Collectors.joining(",", log + "-", ""));
    }

    private static String place(Map.Entry<Integer, Long> one) {
        return one.getKey() + ":" + one.getValue();
    }
}
