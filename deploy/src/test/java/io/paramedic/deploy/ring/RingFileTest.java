package io.paramedic.deploy.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.inventory.Probe;
import io.paramedic.schemas.yaml.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RingFileTest {
    private static final Path FILE = Path.of("/etc/paramedic/paramedic.yaml");

    @Test
    void readsPoolsWithTheirHostsAndProbes() {
        RingFile file = ok("""
            data: /var/lib/paramedic
            ssh:
              known_hosts: known_hosts
              identities: [id_paramedic]
            pools:
              north:
                policy: north.policy.yaml
                hosts:
                  xen-a: ops@10.0.0.7:2222
                  xen-b:
                    address: xen-b.example
                    sudo: true
                    host_keys: ["ssh-ed25519 AAAA"]
                    labels: {rack: b4, role: db}
                probes:
                  - {vm: web1, tcp: 443, address: 10.0.0.51}
                  - {label: role=db, http: 8080, path: /health}
                  - {heartbeat: data/heartbeat}
            """);

        assertThat(file.log()).isEqualTo(new LogHome.Embedded(Path.of("/var/lib/paramedic"), 0));
        assertThat(file.ssh())
                .isEqualTo(new RingFile.Ssh(
                        null, Path.of("/etc/paramedic/known_hosts"), List.of(Path.of("/etc/paramedic/id_paramedic"))));
        Probe web = new Probe.Tcp("web1", "10.0.0.51", 443);
        Probe database = new Probe.Http("*", null, 8080, "/health", false);
        Probe heartbeat = new Probe.Heartbeat("*", "data/heartbeat");
        assertThat(file.pools())
                .containsExactly(new RingFile.Pool(
                        "north",
                        Path.of("/etc/paramedic/north.policy.yaml"),
                        List.of(
                                new HostRecord(
                                        "xen-a",
                                        "north",
                                        new Access.Ssh("10.0.0.7", 2222, "ops", false, List.of(), null, null, false),
                                        Map.of(),
                                        List.of(web, heartbeat)),
                                new HostRecord(
                                        "xen-b",
                                        "north",
                                        new Access.Ssh(
                                                "xen-b.example",
                                                22,
                                                "root",
                                                true,
                                                List.of("ssh-ed25519 AAAA"),
                                                null,
                                                null,
                                                false),
                                        Map.of("rack", "b4", "role", "db"),
                                        List.of(web, database, heartbeat)))));
    }

    @Test
    void keepsTheLogBesideTheFileWhereNothingElseIsSaid() {
        assertThat(ok("pools: {}").log()).isEqualTo(new LogHome.Embedded(Path.of("/etc/paramedic/paramedic-data"), 0));
        assertThat(ok("kafka: kafka.properties").log())
                .isEqualTo(new LogHome.External(Path.of("/etc/paramedic/kafka.properties")));
    }

    @Test
    void reportsAllProblemsAtOnceWithTheirLines() {
        List<Problem> problems = refused("""
            dat: /var/lib/paramedic
            port: 70000
            pools:
              north/south:
                hosts: {a: local}
              east:
                hosts:
                  xen-a: root@
                  xen-b: {address: 10.0.0.8, sudo: perhaps}
                probes:
                  - {vm: web1, tcp: 443, icmp: true}
                  - {vm: web1, label: db, icmp: true}
              west:
                hosts:
                  xen-b: local
              south: {}
            """);

        assertThat(problems).extracting(Problem::line).isSorted();
        assertThat(problems.stream().map(Problem::text))
                .anySatisfy(text -> assertThat(text).startsWith("line 1: dat: ").contains("did you mean data?"))
                .anySatisfy(
                        text -> assertThat(text).startsWith("line 2: port: ").contains("0 to 65535"))
                .anySatisfy(text -> assertThat(text).startsWith("line 4: ").contains("no slash"))
                .anySatisfy(text -> assertThat(text).startsWith("line 8: pools.east.hosts.xen-a"))
                .anySatisfy(text -> assertThat(text).startsWith("line 9: ").contains("true or false"))
                .anySatisfy(text -> assertThat(text).startsWith("line 11: ").contains("one of icmp"))
                .anySatisfy(text -> assertThat(text).startsWith("line 12: ").contains("key=value"))
                .anySatisfy(text -> assertThat(text).startsWith("line 15: ").contains("a host of pool east already"))
                .anySatisfy(text -> assertThat(text).startsWith("line 16: ").contains("hosts: is missing"))
                .hasSize(9);
    }

    @Test
    void refusesTwoHomesOfTheLog() {
        assertThat(refused("data: a\nkafka: b\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("beside data"));
    }

    @Test
    void saysWhichFileCannotBeRead() {
        assertThat(RingFile.read(Path.of("/nowhere/paramedic.yaml")))
                .isInstanceOfSatisfying(
                        RingFile.Parsed.Refused.class,
                        refused -> assertThat(refused.text())
                                .contains("/nowhere/paramedic.yaml")
                                .contains("cannot be read"));
    }

    private static RingFile ok(String text) {
        return switch (RingFile.parse(FILE, text)) {
            case RingFile.Parsed.Ok(RingFile file) -> file;
            case RingFile.Parsed.Refused refused -> throw new AssertionError(refused.text());
        };
    }

    private static List<Problem> refused(String text) {
        return switch (RingFile.parse(FILE, text)) {
            case RingFile.Parsed.Ok(RingFile file) -> throw new AssertionError("it was read: " + file);
            case RingFile.Parsed.Refused refused -> refused.problems();
        };
    }
}
