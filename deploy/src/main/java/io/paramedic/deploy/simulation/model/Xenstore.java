package io.paramedic.deploy.simulation.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The tree of a xenstored, with watches. Children are kept in the order in which oxenstored lists them: by name. */
public final class Xenstore {
    /** Fired when a domain has been introduced. */
    public static final String INTRODUCED = "@introduceDomain";
    /** Fired when a domain has shut down, crashed or gone. */
    public static final String RELEASED = "@releaseDomain";

    private static final class Node {
        private String value = "";
        /** Most nodes are leaves, and there are millions of them on a thousand hosts. */
        private Map<String, Node> children = Map.of();

        private Node child(String name) {
            if (children.isEmpty()) {
                children = new TreeMap<>();
            }
            return children.computeIfAbsent(name.intern(), n -> new Node());
        }
    }

    /** Watches of one client; {@link #next} gives each path that fired, the watched ones themselves first, in order. */
    public final class Watch {
        private final List<String> paths;
        private final ArrayDeque<String> fired;

        private Watch(List<String> paths) {
            this.paths = List.copyOf(paths);
            this.fired = new ArrayDeque<>(paths);
        }

        /** The oldest path not yet taken. */
        public @Nullable String next() {
            return fired.poll();
        }

        public void cancel() {
            watches.remove(this);
        }

        private void changed(String changed, boolean removed) {
            for (String path : paths) {
                boolean below = changed.equals(path) || changed.startsWith(path.equals("/") ? "/" : path + "/");
                if (below || (removed && path.startsWith(changed + "/"))) {
                    fired.add(below ? changed : path);
                }
            }
        }
    }

    private Node root = new Node();
    private final Set<String> goneWhileListed = new HashSet<>();
    private final Set<String> goneOnceListed = new HashSet<>();
    private final Set<String> unlistable = new HashSet<>();
    private final List<Watch> watches = new ArrayList<>();

    public void write(String path, String value) {
        Node node = root;
        for (String part : parts(path)) {
            node = node.child(part);
        }
        node.value = value;
        fire(path, false);
    }

    public @Nullable String read(String path) {
        Node node = find(path);
        return node == null ? null : node.value;
    }

    /** The names of the children in order; nothing at all if there is no such node. */
    public @Nullable List<String> list(String path) {
        Node node = find(path);
        return node == null ? null : List.copyOf(node.children.keySet());
    }

    /** Removes a node with all below it; false if there is none. */
    public boolean remove(String path) {
        List<String> parts = parts(path);
        if (parts.isEmpty() || find(path) == null) {
            return false;
        }
        Node parent = find("/" + String.join("/", parts.subList(0, parts.size() - 1)));
        if (parent != null) {
            parent.children.remove(parts.getLast());
            fire(path, true);
        }
        return true;
    }

    /** Calls {@code visitor} with path and value of everything below {@code path}, parents first. */
    public void walk(String path, BiConsumer<String, String> visitor) {
        Node node = find(path);
        if (node != null) {
            walk(path.equals("/") ? "" : path, node, visitor);
        }
    }

    private static void walk(String prefix, Node node, BiConsumer<String, String> visitor) {
        node.children.forEach((name, child) -> {
            visitor.accept(prefix + "/" + name, child.value);
            walk(prefix + "/" + name, child, visitor);
        });
    }

    /** Why a listing that has come to this directory fails now; one that vanishes under the listing does so by this call. */
    public Optional<String> listingFails(String path) {
        if (goneWhileListed.remove(path)) {
            remove(path);
            return Optional.of("No such file or directory");
        }
        return unlistable.contains(path) ? Optional.of("Argument list too long") : Optional.empty();
    }

    /** A listing has ended: what was to vanish after it is gone. */
    public void listed() {
        goneOnceListed.forEach(this::remove);
        goneOnceListed.clear();
    }

    void goesWhileListed(String path) {
        goneWhileListed.add(path);
    }

    void goesOnceListed(String path) {
        goneOnceListed.add(path);
    }

    void unlistable(String path, boolean now) {
        if (now) {
            unlistable.add(path);
        } else {
            unlistable.remove(path);
        }
    }

    public Watch watch(List<String> paths) {
        Watch watch = new Watch(paths);
        watches.add(watch);
        return watch;
    }

    /** Fires the watches on {@link #INTRODUCED} or {@link #RELEASED}. */
    void announce(String special) {
        watches.forEach(watch -> watch.changed(special, false));
    }

    /** Forgets everything, as a xenstored that was killed and started again has. */
    void clear() {
        root = new Node();
        watches.clear();
    }

    private void fire(String path, boolean removed) {
        watches.forEach(watch -> watch.changed(path, removed));
    }

    private @Nullable Node find(String path) {
        Node node = root;
        for (String part : parts(path)) {
            Node child = node.children.get(part);
            if (child == null) {
                return null;
            }
            node = child;
        }
        return node;
    }

    private static List<String> parts(String path) {
        return List.of(path.split("/")).stream().filter(part -> !part.isEmpty()).toList();
    }
}
