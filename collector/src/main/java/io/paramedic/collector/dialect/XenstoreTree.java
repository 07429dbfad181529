package io.paramedic.collector.dialect;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Part of xenstore, or all of it, as it was while it was being listed: the listing is not one atomic moment. */
public final class XenstoreTree {
    private final SortedMap<String, String> values;

    /** Nodes by absolute path, values with their bytes, decoded as UTF-8. */
    public XenstoreTree(Map<String, String> values) {
        this.values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** The value of the node; absent where there is no such node. An existing node may hold an empty value. */
    public @Nullable String get(String path) {
        return values.get(path);
    }

    public boolean exists(String path) {
        return values.containsKey(path);
    }

    /** The names directly below {@code path}, ascending as text; empty where there are none. */
    public List<String> children(String path) {
        String prefix = path.endsWith("/") ? path : path + "/";
        // '0' is the character after '/', so this is every path that begins with the prefix.
        String end = prefix.substring(0, prefix.length() - 1) + "0";
        return values.subMap(prefix, end).keySet().stream()
                .map(p -> p.substring(prefix.length()))
                .filter(name -> !name.isEmpty() && name.indexOf('/') < 0)
                .toList();
    }

    /** All nodes, by path. */
    public SortedMap<String, String> values() {
        return values;
    }
}
