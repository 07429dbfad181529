package io.paramedic.collector.configuration;

import io.paramedic.collector.dialect.Reading;
import io.paramedic.collector.dialect.XenstoreLs;
import io.paramedic.collector.dialect.XenstoreTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The disks that dom0 serves to one running domain, as its backends name them in xenstore.
 *
 * @param disks what provides them
 * @param drives how many drives there are whose medium a guest may have changed or taken out
 */
record RunningDisks(List<String> disks, int drives) {
    /** Below this node dom0's backends are. */
    static final String BACKENDS = "/local/domain/0/backend";

    private static final Pattern NODE = Pattern.compile(
            BACKENDS + "/(?:vbd|vbd3|qdisk)/([0-9]{1,5})/([0-9]+)/(params|tapdisk-params|device-type|mode)");
    private static final Pattern FORMAT = Pattern.compile("^(?:aio|raw|qcow2?|vhd|qed|phy|file|tap2?|tapdisk):");

    RunningDisks {
        disks = List.copyOf(disks);
    }

    /** Of each domain that has backends in dom0, by domid; none where this is no listing of xenstore. */
    static Map<Integer, RunningDisks> read(String listing) {
        if (!(XenstoreLs.parse(listing) instanceof Reading.Read<XenstoreTree>(XenstoreTree tree))) {
            return Map.of();
        }
        Map<Integer, Map<String, Map<String, String>>> devices = new HashMap<>();
        tree.values().forEach((path, value) -> {
            Matcher node = NODE.matcher(path);
            if (node.matches()) {
                devices.computeIfAbsent(Integer.valueOf(node.group(1)), _ -> new HashMap<>())
                        .computeIfAbsent(node.group(2), _ -> new HashMap<>())
                        .put(node.group(3), value);
            }
        });
        Map<Integer, RunningDisks> all = new HashMap<>();
        devices.forEach((domid, own) -> all.put(domid, of(own.values().stream().toList())));
        return all;
    }

    private static RunningDisks of(List<Map<String, String>> devices) {
        List<String> disks = new ArrayList<>();
        int drives = 0;
        for (Map<String, String> device : devices) {
            if ("cdrom".equals(device.get("device-type"))) {
                drives++;
            } else if (!"r".equals(device.get("mode"))) {
                // What a VM only reads says nothing of which VM it is, and a file's list leaves it out too.
                disks.add(device.getOrDefault("tapdisk-params", device.getOrDefault("params", "")));
            }
        }
        return new RunningDisks(disks, drives);
    }

    /** How they differ from those of a file; empty where they do not. */
    Optional<String> differs(List<String> configured) {
        List<String> missing =
                new ArrayList<>(configured.stream().map(RunningDisks::plain).toList());
        List<String> others = new ArrayList<>();
        disks.stream()
                .map(RunningDisks::plain)
                .filter(disk -> !missing.remove(disk))
                .forEach(others::add);
        if (others.isEmpty() && missing.size() <= drives) {
            return Optional.empty();
        }
        return Optional.of("the domain runs with other disks than the file names: "
                + String.join(
                        ", ",
                        Stream.concat(others.stream(), missing.stream())
                                .limit(4)
                                .toList()));
    }

    private static String plain(String disk) {
        String path = FORMAT.matcher(disk).replaceFirst("");
        return path.startsWith("/dev/") ? path.substring("/dev/".length()) : path;
    }
}
