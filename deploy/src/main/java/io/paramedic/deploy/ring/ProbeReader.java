package io.paramedic.deploy.ring;

import io.paramedic.schemas.inventory.Probe;
import io.paramedic.schemas.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads probes, for example {@code {vm: web1, tcp: 443}}, {@code {vm: web1, address: 10.0.0.5, icmp: true}}, {@code {vm: db1,
 * http: 8080, path: /health}} or {@code {label: role=db, heartbeat: data/heartbeat}}.
 */
final class ProbeReader {
    private static final int MOST_PORT = 65_535;

    private ProbeReader() {}

    /**
     * A probe, and the label of the hosts on which it is used.
     *
     * @param label as {@code key=value}; absent for every host of the pool
     */
    record Labelled(Probe probe, @Nullable String label) {
        boolean appliesTo(Map<String, String> labels) {
            return label == null
                    || labels.entrySet().stream().anyMatch(one -> label.equals(one.getKey() + "=" + one.getValue()));
        }
    }

    static List<Labelled> probes(Fields pool, String key) {
        List<Labelled> probes = new ArrayList<>();
        List<YamlNode> items = pool.items(key);
        for (int i = 0; i < items.size(); i++) {
            Fields one = Fields.of(pool.path(key) + "[" + i + "]", items.get(i), pool.problems());
            probe(one).ifPresent(probes::add);
            one.refuseOthers();
        }
        return probes;
    }

    private static Optional<Labelled> probe(Fields one) {
        String vm = one.text("vm").orElse(Probe.EVERY_VM);
        String label = one.text("label").orElse(null);
        String address = one.text("address").orElse(null);
        if (label != null && label.indexOf('=') < 1) {
            one.problem("label", "must be key=value, a label of the hosts");
        }
        List<Probe> found = new ArrayList<>();
        if (one.flag("icmp")) {
            found.add(new Probe.Icmp(vm, address));
        }
        OptionalInt tcp = one.whole("tcp", 1, MOST_PORT);
        tcp.ifPresent(port -> found.add(new Probe.Tcp(vm, address, port)));
        OptionalInt http = one.whole("http", 1, MOST_PORT);
        String path = one.text("path").orElse("/");
        boolean tls = one.flag("tls");
        http.ifPresent(port -> found.add(new Probe.Http(vm, address, port, path, tls)));
        one.text("heartbeat")
                .filter(text -> !text.startsWith("/"))
                .ifPresent(text -> found.add(new Probe.Heartbeat(vm, text)));
        if (found.size() != 1) {
            one.problem(
                    "vm",
                    "asks for " + found.size() + " things; a probe is one of icmp: true, tcp: PORT, http: PORT or"
                            + " heartbeat: KEY (a path below the domain, without a slash before it)");
            return Optional.empty();
        }
        return Optional.of(new Labelled(found.getFirst(), label));
    }
}
