package io.paramedic.schemas;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.doctor.DoctorReport;
import io.paramedic.schemas.doctor.HostReport;
import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.identity.HostBoot;
import io.paramedic.schemas.identity.HostStream;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.inventory.Probe;
import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult;
import io.paramedic.schemas.observation.DomainType;
import io.paramedic.schemas.observation.HostObservation;
import io.paramedic.schemas.observation.HostObservation.Answer;
import io.paramedic.schemas.observation.HostObservation.Daemon;
import io.paramedic.schemas.observation.HostObservation.HostFacts;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.observation.HostObservation.Unread;
import io.paramedic.schemas.quarantine.Quarantined;
import io.paramedic.schemas.request.Request;
import io.paramedic.schemas.wire.Decoded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One story in messages: the web server {@code web1} hangs on the host {@code xen-a}. The golden files are made from it. */
final class Samples {
    static final Instant AT = Instant.parse("2026-11-20T02:14:05.250Z");
    static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    static final HostTime TIME = new HostTime(id(1), Duration.ofMillis(86_400_120));
    static final HostBoot BOOT = new HostBoot("xen-a", id(1));
    static final HostStream STREAM = new HostStream("xen-a", id(2), 7);
    static final Incarnation WEB1 = new Incarnation("xen-a", id(1), 12, id(12));
    static final VmId BY_UUID = new VmId.ByUuid(id(12));
    static final VmId BY_NAME = new VmId.ByName("web 1 \u2013 \"blue\"");
    static final Scope POOL = new Scope.Pool("north");
    static final Scope HOST = new Scope.Host("north", "xen-a");
    static final Scope VM = new Scope.Vm("north", "xen-a", BY_UUID);
    static final FencingToken TOKEN =
            new FencingToken(new LogId("MkU3OEVBNTcwNTJENDM2Qk", "paramedic.leases", 3, "north"), 4711);

    static final HostRecord XEN_A = new HostRecord(
            "xen-a",
            "north",
            new Access.Ssh(
                    "10.0.0.7", 22, "root", true, List.of("ssh-ed25519 AAAAC3Nza"), "id_paramedic", "bastion", true),
            Map.of("rack", "b4", "storage", "san-1"),
            List.of(
                    new Probe.Icmp(Probe.EVERY_VM, null),
                    new Probe.Icmp("web2", "10.0.0.52"),
                    new Probe.Tcp("web2", null, 22),
                    new Probe.Http("web2", null, 80, "", false),
                    new Probe.Tcp("web1", "10.0.0.51", 443),
                    new Probe.Http("web1", "10.0.0.51", 443, "/health", true),
                    new Probe.Heartbeat("web1", "data/heartbeat")));

    static final HostFacts FACTS = new HostFacts(
            Toolstack.XL,
            "4.17.7",
            "credit2",
            131_072L,
            20_480L,
            "pv hvm hap shadow",
            "placeholder dom0_mem=4096M",
            new Answer(Answer.How.ANSWERED, Duration.ofNanos(2_345_678)),
            new Answer(Answer.How.HUNG, Duration.ofSeconds(10)),
            0.42,
            List.of(new Daemon("xenstored", "S"), new Daemon("xenconsoled", null)),
            id(70),
            false);
    static final HostFacts BARE_FACTS = new HostFacts(
            Toolstack.UNKNOWN,
            null,
            null,
            null,
            null,
            null,
            null,
            new Answer(Answer.How.NOT_ASKED, Duration.ZERO),
            new Answer(Answer.How.FAILED, Duration.ofMillis(3)),
            null,
            List.of(),
            null,
            null);

    static final DomainSignals SIGNALS = new DomainSignals(
            true,
            new DomainSignals.Heartbeat("data/heartbeat", "41", "41", Duration.ofSeconds(30)),
            "reboot",
            new DomainSignals.DeviceModel(4242, "Z", "signal:9"),
            false,
            new DomainSignals.GrantUse(60, 64),
            true,
            new DomainSignals.XapiRecord(id(12), "web1", "running", 12, "clean_reboot", false, id(70)),
            List.of("xl destroy 12"),
            List.of(
                    new ProbeResult("tcp 10.0.0.51:443", false, ProbeResult.Answer.SILENT, "timeout"),
                    new ProbeResult("icmp 10.0.0.51", true, ProbeResult.Answer.ANSWERS, "echo")),
            new DomainSignals.Configuration(
                    "/etc/xen/web1.cfg", HASH, "web1", id(12), List.of("phy:/dev/vg/web1,xvda,w")));

    static final WatchedDomain STUCK = domain(new Condition.Running(Activity.STUCK_IN_XEN), SIGNALS);
    static final List<Unread> UNREAD = List.of(
            new Unread("xentop", "not installed", null),
            new Unread("xl list -v", "could not be parsed", "web1 12 four 1"));

    static final Finding FINDING = new Finding(
            Verdict.HUNG,
            List.of("no vCPU ran for 90 s: ------ three times", "heartbeat 41 for 90 s"),
            List.of("reboot it hard"),
            List.of("do not reset its power state"),
            "toolstack facts \u00a78 row 5");

    private Samples() {}

    /** Every golden message by the name of its file. */
    static Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("host-record", XEN_A);
        all.put("host-record.local", new HostRecord("xen-b", "north", new Access.Local(false), Map.of(), List.of()));
        all.put(
                "host-record.plain",
                new HostRecord(
                        "xen-c",
                        "north",
                        new Access.Ssh("xen-c", 2222, "ops", false, List.of(), null, null, false),
                        Map.of(),
                        List.of()));
        all.put("look-now", new Request.LookNow(id(30), "xen-a", "analyzer", "a verdict wants a second witness"));
        all.put("send-snapshot", new Request.SendSnapshot(id(31), "xen-a", "analyzer", "sighting 4 is missing"));
        all.putAll(EventSamples.all());
        all.putAll(CommandSamples.all());
        all.put("claim", new LeaseRecord.Claim(id(40), VM, id(50), "actuator-1", Duration.ofSeconds(90)));
        all.put("renewal", new LeaseRecord.Renewal(id(40), VM, "actuator-1", Duration.ofSeconds(90)));
        all.put("release", new LeaseRecord.Release(id(40), VM, "actuator-1"));
        all.put("hold", new LeaseRecord.Hold(id(41), HOST, "mia", "new memory", AT));
        all.put("hold.open-ended", new LeaseRecord.Hold(id(41), POOL, "mia", "", null));
        all.putAll(JournalSamples.all());
        all.put("quarantined", quarantined());
        all.put("doctor-report", doctorReport());
        return all;
    }

    static UUID id(int number) {
        return new UUID(0x8a6e_0804_2bd0_4672L, 0xb79d_d970_27f9_0000L + number);
    }

    static WatchedDomain domain(Condition condition, DomainSignals signals) {
        return new WatchedDomain(
                BY_UUID,
                new DomainObservation(
                        12,
                        id(12),
                        "web1",
                        DomainType.HVM,
                        "/libxl/12/type",
                        4,
                        8192,
                        -64,
                        condition,
                        List.of("------", "------", "------"),
                        Duration.ofNanos(3_600_123_456_789L),
                        Duration.ZERO,
                        Duration.ofMillis(100),
                        signals));
    }

    private static Quarantined quarantined() {
        byte[] raw = "{\"v\":9,\"is\":\"claim\"}".getBytes(StandardCharsets.UTF_8);
        Decoded<LeaseRecord> refused = Contract.LEASES.decode(raw);
        return Quarantined.of("paramedic.leases", 3, 4712, AT, raw, (Decoded.Undecodable<?>) refused);
    }

    private static DoctorReport doctorReport() {
        HostObservation observation = new HostObservation(
                "root@xen-a", TIME, Duration.ofSeconds(1), FACTS, List.of(STUCK.observation()), UNREAD);
        Finding host =
                new Finding(Verdict.DAEMON_MISSING, List.of("no xenconsoled"), List.of(), List.of(), "lab facts 6");
        return new DoctorReport(
                AT,
                List.of(
                        new HostReport.Observed(
                                "root@xen-a",
                                observation,
                                List.of(host),
                                List.of(new HostReport.DomainFinding(12, FINDING)),
                                Duration.ofMillis(1_840)),
                        new HostReport.Unreachable(
                                "xen-b",
                                "host-key-changed",
                                "xen-b shows another key than before; compare it with the host's own and approve it.",
                                "SHA256:uNiVztksCsDhcc0u9e8BrCJmYg",
                                Duration.ofMillis(75)),
                        new HostReport.Unreachable(
                                "xen-c",
                                "timed-out",
                                "xen-c did not answer within 10 s.",
                                null,
                                Duration.ofSeconds(10))));
    }
}
