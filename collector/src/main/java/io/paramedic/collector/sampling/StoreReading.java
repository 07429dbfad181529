package io.paramedic.collector.sampling;

import io.paramedic.collector.dialect.ProcessRow;
import io.paramedic.collector.dialect.XenstoreTree;
import io.paramedic.collector.sampling.Glance.Guest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads xenstore at each look, as little as possible, and keeps only the nodes that say something of a domain. */
final class StoreReading {
    /** What is kept of a whole tree for later looks: a thousand hosts with whole trees would not fit into memory. */
    private static final Pattern KEPT = Pattern.compile("/local/domain/[0-9]+(?:/(?:name|domain-type|control/shutdown"
            + "|image/device-model-pid|qemu-pid|qemu-pid-signal|memory/uncooperative"
            + "|attr/vif/[0-9]+/ipv[46]/[0-9]+|attr/eth[0-9]+/ip|attr/[0-9]+/ip|attr/[0-9]+/ipv6/[0-9]+/addr))?"
            + "|/libxl/[0-9]+/type");

    private static final Pattern ADDRESS =
            Pattern.compile("attr/(?:vif/[0-9]+/ipv[46]/[0-9]+|eth[0-9]+/ip|[0-9]+/ip|[0-9]+/ipv6/[0-9]+/addr)");
    private static final Pattern BELOW_DOMAIN = Pattern.compile("/local/domain/([0-9]{1,5})/(.+)");
    private static final Set<String> CHANGING =
            Set.of("control/shutdown", "image/device-model-pid", "qemu-pid", "qemu-pid-signal");
    private static final Set<String> PIDS = Set.of("image/device-model-pid", "qemu-pid");

    static final String USUAL_HEARTBEAT = "data/heartbeat";
    private static final int MOST_NODES = 1000;
    private static final int MOST_NODES_GONE = 4;
    private static final int MOST_TREES = 2;

    /** A whole tree, if it could be read, and how long that took. */
    record Tree(Optional<Store> store, Duration took) {}

    private final Asking asking;
    private final Set<String> heartbeats;

    StoreReading(Asking asking, Set<String> heartbeats) {
        this.asking = asking;
        this.heartbeats =
                Stream.concat(heartbeats.stream(), Stream.of(USUAL_HEARTBEAT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Asks whether xenstored answers, then for all it has. */
    Tree tree(Gathering gathering, Tools tools) throws InterruptedException {
        ToolAnswer first = asking.run(tools.xenstoreAnswers());
        Duration took = first.took();
        if (!gathering.xenstore(first)) {
            return new Tree(Optional.empty(), took);
        }
        for (int attempt = 1; attempt <= MOST_TREES; attempt++) {
            ToolAnswer answer = asking.run(tools.xenstoreTree());
            took = took.plus(answer.took());
            if (gathering.tree(answer, attempt == MOST_TREES)) {
                return new Tree(
                        Optional.of(reduced(gathering.gathered().stores().getLast())), took);
            }
        }
        return new Tree(Optional.empty(), took);
    }

    /**
     * Reads again the nodes that change. One that went away is left out and the rest is asked again.
     *
     * @return empty where that did not work out, and the whole tree must tell
     */
    Optional<Store> nodes(Gathering gathering, Tools tools, Store earlier) throws InterruptedException {
        List<String> paths = changing(earlier, Set.copyOf(gathering.livingDomids()));
        if (paths.isEmpty() || paths.size() > MOST_NODES || !tools.has("xenstore-read")) {
            return Optional.empty();
        }
        gathering.resume(earlier);
        Set<String> gone = new HashSet<>();
        for (int attempt = 0; attempt < MOST_NODES_GONE && !paths.isEmpty(); attempt++) {
            ToolAnswer answer = asking.run(tools.xenstoreNodes(paths));
            Optional<String> missing = gathering.nodes(answer, paths, gone);
            if (missing.isEmpty()) {
                Store read = gathering.gathered().stores().getLast();
                if (read == earlier) {
                    return Optional.empty();
                }
                gathering.xenstore(answer);
                return Optional.of(read);
            }
            gone.add(missing.get());
            paths = paths.stream().filter(path -> !path.equals(missing.get())).toList();
        }
        return Optional.empty();
    }

    private List<String> changing(Store store, Set<Integer> living) {
        List<String> paths = new ArrayList<>();
        for (String path : store.tree().values().keySet()) {
            Matcher node = BELOW_DOMAIN.matcher(path);
            if (node.matches()
                    && living.contains(Integer.valueOf(node.group(1)))
                    && (CHANGING.contains(node.group(2)) || heartbeats.contains(node.group(2)))) {
                paths.add(path);
            }
        }
        return paths;
    }

    private Store reduced(Store store) {
        Map<String, String> kept = new HashMap<>();
        store.tree().values().forEach((path, value) -> {
            Matcher node = BELOW_DOMAIN.matcher(path);
            if (KEPT.matcher(path).matches() || node.matches() && heartbeats.contains(node.group(2))) {
                kept.put(path, value);
            }
        });
        return new Store(store.time(), new XenstoreTree(kept));
    }

    /** The processes that xenstore names as device models; the others would only take room. */
    List<ProcessRow> deviceModels(Store store, List<ProcessRow> processes) {
        Set<String> pids = new HashSet<>();
        store.tree().values().forEach((path, value) -> {
            Matcher node = BELOW_DOMAIN.matcher(path);
            if (node.matches() && PIDS.contains(node.group(2))) {
                pids.add(value);
            }
        });
        return processes.stream()
                .filter(process -> pids.contains(Integer.toString(process.pid())))
                .toList();
    }

    /** What the guests of these domains wrote. */
    Map<Integer, Guest> guests(Store store, Set<Integer> domids) {
        Map<Integer, Map<String, String>> values = new HashMap<>();
        Map<Integer, List<String>> addresses = new HashMap<>();
        store.tree().values().forEach((path, value) -> {
            Matcher node = BELOW_DOMAIN.matcher(path);
            if (!node.matches() || !domids.contains(Integer.valueOf(node.group(1)))) {
                return;
            }
            Integer domid = Integer.valueOf(node.group(1));
            if (heartbeats.contains(node.group(2))) {
                values.computeIfAbsent(domid, _ -> new HashMap<>()).put(node.group(2), value);
            } else if (ADDRESS.matcher(node.group(2)).matches()) {
                addresses.computeIfAbsent(domid, _ -> new ArrayList<>()).add(value);
            }
        });
        Map<Integer, Guest> guests = new HashMap<>();
        domids.forEach(domid -> {
            if (values.containsKey(domid) || addresses.containsKey(domid)) {
                guests.put(
                        domid,
                        new Guest(values.getOrDefault(domid, Map.of()), addresses.getOrDefault(domid, List.of())));
            }
        });
        return guests;
    }
}
