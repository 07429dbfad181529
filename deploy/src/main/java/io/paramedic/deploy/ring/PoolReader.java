package io.paramedic.deploy.ring;

import io.paramedic.collector.access.HostAddress;
import io.paramedic.schemas.identity.Names;
import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.inventory.Probe;
import io.paramedic.schemas.yaml.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads the pools of a configuration with their hosts and probes. */
final class PoolReader {
    private static final int SSH_PORT = 22;
    private static final String ROOT = "root";

    private final Fields fields;
    private final String pool;
    private final Map<String, String> poolOfHost;

    private PoolReader(Fields fields, String pool, Map<String, String> poolOfHost) {
        this.fields = fields;
        this.pool = pool;
        this.poolOfHost = poolOfHost;
    }

    static List<RingFile.Pool> pools(Fields section, Path folder) {
        List<RingFile.Pool> pools = new ArrayList<>();
        Map<String, String> poolOfHost = new HashMap<>();
        section.named().forEach((name, node) -> {
            try {
                Names.requirePool(name);
                Fields fields = Fields.of(section.path(name), node, section.problems());
                pools.add(new PoolReader(fields, name, poolOfHost).pool(folder));
            } catch (IllegalArgumentException bad) {
                section.problem(name, String.valueOf(bad.getMessage()));
            }
        });
        return pools;
    }

    private RingFile.Pool pool(Path folder) {
        Optional<Path> policy = fields.text("policy").map(folder::resolve);
        List<ProbeReader.Labelled> probes = ProbeReader.probes(fields, "probes");
        List<HostRecord> hosts = new ArrayList<>();
        fields.section("hosts")
                .ifPresentOrElse(
                        section -> section.named()
                                .forEach((name, node) ->
                                        host(section, name, node, probes).ifPresent(hosts::add)),
                        () -> fields.problem(
                                "hosts", "is missing: a pool lists its hosts, for example xen-a: root@10.0.0.7"));
        fields.refuseOthers();
        return new RingFile.Pool(pool, policy.orElse(null), hosts);
    }

    private Optional<HostRecord> host(Fields section, String name, YamlNode node, List<ProbeReader.Labelled> probes) {
        String elsewhere = poolOfHost.putIfAbsent(name, pool);
        if (elsewhere != null) {
            section.problem(
                    name, "is a host of pool " + elsewhere + " already; names of hosts are unique over all pools");
            return Optional.empty();
        }
        try {
            Names.requireHost(name);
            if (node instanceof YamlNode.Scalar) {
                return Fields.scalar(section.path(name), node, section.problems())
                        .flatMap(address -> access(section, name, address, null))
                        .map(access -> record(name, access, Map.of(), probes));
            }
            return record(name, Fields.of(section.path(name), node, section.problems()), probes);
        } catch (IllegalArgumentException bad) {
            section.problem(name, String.valueOf(bad.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<HostRecord> record(String name, Fields host, List<ProbeReader.Labelled> probes) {
        String address = host.text("address").orElse(name);
        Optional<Access> access = access(host, "address", address, host);
        Map<String, String> labels = new LinkedHashMap<>();
        host.section("labels")
                .ifPresent(section -> section.named()
                        .forEach((key, value) -> Fields.scalar(section.path(key), value, section.problems())
                                .ifPresent(text -> labels.put(key, text))));
        host.refuseOthers();
        return access.map(way -> record(name, way, labels, probes));
    }

    private HostRecord record(
            String name, Access access, Map<String, String> labels, List<ProbeReader.Labelled> probes) {
        List<Probe> own = probes.stream()
                .filter(probe -> probe.appliesTo(labels))
                .map(ProbeReader.Labelled::probe)
                .toList();
        return new HostRecord(name, pool, access, labels, own);
    }

    private static Optional<Access> access(Fields where, String key, String text, @Nullable Fields more) {
        boolean sudo = more != null && more.flag("sudo");
        return switch (HostAddress.parse(text)) {
            case HostAddress.Local _ -> Optional.of(new Access.Local(sudo));
            case HostAddress.Malformed malformed -> {
                malformed.problems().forEach(problem -> where.problem(key, problem));
                yield Optional.empty();
            }
            case HostAddress.Ssh(Optional<String> user, String host, OptionalInt port) ->
                Optional.of(new Access.Ssh(
                        host,
                        port.orElse(SSH_PORT),
                        user.orElse(ROOT),
                        sudo,
                        more == null ? List.of() : more.texts("host_keys"),
                        more == null ? null : more.text("identity").orElse(null),
                        more == null ? null : more.text("jump").orElse(null),
                        more != null && more.flag("legacy_algorithms")));
        };
    }
}
