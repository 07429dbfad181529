package io.paramedic.deploy.feed;

import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.command.Target;
import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Check;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Incident.Attempt;
import io.paramedic.schemas.incident.Incident.Next;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Proposal;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.observation.ShutdownReason;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.overview.HostOverview.DomainLine;
import io.paramedic.schemas.overview.HostOverview.Standing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Two pools on a night with some trouble, made up but as it could be: an XCP-ng pool of three hosts with ten VMs each and two
 * plain Xen hosts with six. For pictures; all times are told from the moment at which it is made.
 */
final class Scenery {
    static final String POOL = "frankfurt";
    static final String PLAIN = "workshop";

    private static final UUID BOOT = new UUID(0x8a6e08042bd04672L, 0xb79dd97027f90001L);
    private static final List<String> VMS = List.of(
            "web-01",
            "web-02",
            "shop-db",
            "mail",
            "ldap-1",
            "git",
            "ci-runner-3",
            "wiki",
            "vpn",
            "metrics",
            "web-03",
            "web-04",
            "shop-cache",
            "mail-relay",
            "ldap-2",
            "git-mirror",
            "ci-runner-4",
            "tickets",
            "proxy-1",
            "logs",
            "web-05",
            "erp",
            "erp-db",
            "backup",
            "dns-1",
            "dns-2",
            "build-win",
            "chat",
            "proxy-2",
            "archive");
    private static final List<String> PLAIN_VMS = List.of(
            "router", "printer", "scan", "lab-db", "camera", "door", "lathe", "mill", "office", "nas", "radio",
            "phone");

    private final Instant now;

    Scenery(Instant now) {
        this.now = now;
    }

    List<HostRecord> inventory() {
        List<HostRecord> hosts = new ArrayList<>();
        for (String host : List.of("xcp-1", "xcp-2", "xcp-3")) {
            hosts.add(new HostRecord(host, POOL, new Access.Local(false), Map.of("rack", "b4"), List.of()));
        }
        for (String host : List.of("xen-a", "xen-b")) {
            hosts.add(new HostRecord(host, PLAIN, new Access.Local(false), Map.of(), List.of()));
        }
        return hosts;
    }

    List<HostOverview> hosts() {
        return List.of(
                host(
                        POOL,
                        "xcp-1",
                        Toolstack.XAPI,
                        VMS.subList(0, 10),
                        List.of(),
                        Standing.TRUSTED,
                        "all sightings are there"),
                host(
                        POOL,
                        "xcp-2",
                        Toolstack.XAPI,
                        VMS.subList(10, 20),
                        List.of(),
                        Standing.TRUSTED,
                        "all sightings are there"),
                host(
                        POOL,
                        "xcp-3",
                        Toolstack.XAPI,
                        VMS.subList(20, 30),
                        List.of("mia holds the host until 06:00: new memory"),
                        Standing.TRUSTED,
                        "all sightings are there"),
                host(
                        PLAIN,
                        "xen-a",
                        Toolstack.XL,
                        PLAIN_VMS.subList(0, 6),
                        List.of(),
                        Standing.TRUSTED,
                        "all sightings are there"),
                host(
                        PLAIN,
                        "xen-b",
                        Toolstack.XL,
                        PLAIN_VMS.subList(6, 12),
                        List.of(),
                        Standing.DOUBTED,
                        "its digest contradicts what was seen; a snapshot was asked for"));
    }

    private HostOverview host(
            String pool,
            String host,
            Toolstack toolstack,
            List<String> names,
            List<String> holds,
            Standing standing,
            String sentence) {
        List<DomainLine> domains = new ArrayList<>();
        domains.add(new DomainLine(
                0,
                new UUID(0, 0),
                null,
                "Domain-0",
                new Condition.Running(Activity.ACTIVE),
                Verdict.CONTROL_DOMAIN,
                List.of(),
                null));
        for (int i = 0; i < names.size(); i++) {
            domains.add(domain(names.get(i), i + 3));
        }
        return new HostOverview(
                pool,
                host,
                pool.equals(POOL) ? Mode.ACT : Mode.ADVISE,
                true,
                standing,
                sentence,
                toolstack,
                new HostTime(BOOT, Duration.ofDays(41)),
                List.of(),
                domains,
                0,
                holds,
                now);
    }

    private DomainLine domain(String name, int domid) {
        return switch (name) {
            case "shop-db" -> line(name, domid, Activity.QUIET, Verdict.HUNG, "shop-db-hung-1", "heartbeat", "probe");
            case "ci-runner-4" ->
                line(
                        name,
                        domid,
                        new Condition.ShutDown(ShutdownReason.CRASH, true),
                        Verdict.CRASHED,
                        "ci-runner-4-crashed-1",
                        "heartbeat");
            case "build-win" ->
                line(name, domid, Activity.STUCK_IN_XEN, Verdict.DEVICE_MODEL_DEAD, "build-win-dm-1", "vcpu", "probe");
            case "camera" -> line(name, domid, new Condition.Dying(), Verdict.ZOMBIE, "camera-zombie-1");
            case "backup" -> line(name, domid, Activity.SATURATED, Verdict.NOTHING_WRONG, null, "heartbeat", "probe");
            case "archive" -> line(name, domid, new Condition.Paused(), Verdict.PAUSED, null, "probe");
            case "erp" ->
                line(name, domid, Activity.QUIET, Verdict.HANG_SUSPECTED, "erp-suspected-1", "probe", "heartbeat");
            case "scan", "phone" -> line(name, domid, Activity.QUIET, Verdict.NOTHING_WRONG, null, "vcpu");
            default ->
                line(
                        name,
                        domid,
                        name.length() % 3 == 0 ? Activity.ACTIVE : Activity.QUIET,
                        Verdict.NOTHING_WRONG,
                        null,
                        "heartbeat",
                        "probe");
        };
    }

    private static DomainLine line(
            String name,
            int domid,
            Activity activity,
            Verdict verdict,
            @Nullable String incident,
            String... witnesses) {
        return line(name, domid, new Condition.Running(activity), verdict, incident, witnesses);
    }

    private static DomainLine line(
            String name,
            int domid,
            Condition condition,
            Verdict verdict,
            @Nullable String incident,
            String... witnesses) {
        return new DomainLine(domid, handle(name), vm(name), name, condition, verdict, List.of(witnesses), incident);
    }

    private static UUID handle(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static VmId vm(String name) {
        return new VmId.ByUuid(handle(name));
    }

    List<Incident> incidents() {
        return List.of(hung(), crashed(), deviceModel(), zombie(), suspected(), recovered());
    }

    Incident hung() {
        Incarnation old = new Incarnation("xcp-1", BOOT, 5, handle("shop-db"));
        return new Builder(POOL, "shop-db-hung-1", old, "shop-db", Phase.ACTING)
                .finding(
                        Verdict.HUNG,
                        "the heartbeat in xenstore stands at 48213 for 2 min 10 s; it usually changes each 5 s",
                        "tcp 10.20.0.31:5432 is silent for 2 min 8 s; it answered 17,280 times before",
                        "all 4 vCPUs are asleep and used 0 ms of CPU time")
                .rules(
                        new Check("two-witnesses", true, "heartbeat and probe, both for longer than 90 s"),
                        new Check("device-model-dead", false, "pid 4242 is alive"),
                        new Check("in-flight", false, "no task of XAPI names it"))
                .guards(
                        new Check("budget", true, "1 of 4 steps on xcp-1 within the hour"),
                        new Check("minimum-healthy", true, "29 of 30 VMs are well, 80 % are needed"),
                        new Check("hold", true, "nobody holds xcp-1"))
                .attempt(
                        new Step.RebootCleanly(target(old, "shop-db")),
                        new Outcome.Ineffective("the guest did not take the request within 60 s"),
                        ran(
                                "xcp-1",
                                "xe vm-reboot uuid=" + handle("shop-db"),
                                1,
                                "",
                                "The VM did not acknowledge\n",
                                60_400))
                .attempt(new Step.RebootHard(target(old, "shop-db")), null, null)
                .next("its new domain is awaited", now.plusSeconds(48))
                .opened(now.minusSeconds(214))
                .build();
    }

    Incident crashed() {
        Incarnation old = new Incarnation("xcp-2", BOOT, 9, handle("ci-runner-4"));
        return new Builder(POOL, "ci-runner-4-crashed-1", old, "ci-runner-4", Phase.VERIFYING)
                .finding(Verdict.CRASHED, "shut down: crash, and kept paused for analysis since 1 min 12 s")
                .rules(new Check("crashed-and-preserved", true, "shutdown code 3, paused"))
                .guards(new Check("budget", true, "1 of 4 steps on xcp-2 within the hour"))
                .attempt(
                        new Step.RebootHard(target(old, "ci-runner-4")),
                        new Outcome.Done("domid 9 is gone, domid 31 runs"),
                        ran("xcp-2", "xe vm-reboot force=true uuid=" + handle("ci-runner-4"), 0, "", "", 3_140))
                .next("it must answer its probe", now.plusSeconds(95))
                .opened(now.minusSeconds(72))
                .build();
    }

    private Incident deviceModel() {
        Incarnation one = new Incarnation("xcp-3", BOOT, 9, handle("build-win"));
        return new Builder(POOL, "build-win-dm-1", one, "build-win", Phase.CONFIRMED)
                .finding(
                        Verdict.DEVICE_MODEL_DEAD,
                        "no process of the device model is left, pid 5120 ended 6 min ago",
                        "all vCPUs wait inside Xen")
                .rules(new Check("device-model-dead", true, "its pid is gone and the domain is HVM"))
                .guards(new Check("hold", false, "mia holds the host until 06:00: new memory"))
                .next("it is asked again when the hold ends", null)
                .opened(now.minusSeconds(371))
                .build();
    }

    private Incident zombie() {
        Incarnation one = new Incarnation("xen-a", BOOT, 7, handle("camera"));
        return new Builder(PLAIN, "camera-zombie-1", one, "camera", Phase.EXHAUSTED)
                .finding(
                        Verdict.ZOMBIE,
                        "dying for 26 min; 12 pages are held by domid 0",
                        "the backend of vif7.0 in dom0 still has its grant mapped")
                .advice(
                        List.of("unload the bridge that holds vif7.0"),
                        List.of("do not destroy it again: it has no effect"))
                .rules(new Check("zombie", true, "no vCPU, memory held by domid 0"))
                .opened(now.minusSeconds(1560))
                .build();
    }

    private Incident suspected() {
        Incarnation one = new Incarnation("xcp-3", BOOT, 4, handle("erp"));
        return new Builder(POOL, "erp-suspected-1", one, "erp", Phase.SUSPECTED)
                .finding(Verdict.HANG_SUSPECTED, "icmp 10.20.0.55 is silent for 24 s; its heartbeat goes on")
                .rules(new Check("two-witnesses", false, "only the probe"))
                .next("it stays a suspicion while one witness says that it lives", null)
                .opened(now.minusSeconds(24))
                .build();
    }

    Incident recovered() {
        Incarnation old = new Incarnation("xcp-2", BOOT, 4, handle("web-04"));
        return new Builder(POOL, "web-04-hung-1", old, "web-04", Phase.RECOVERED)
                .finding(
                        Verdict.HUNG,
                        "the heartbeat stood still for 2 min 30 s",
                        "http 10.20.0.24:80 was silent for 2 min 31 s")
                .rules(new Check("two-witnesses", true, "heartbeat and probe"))
                .attempt(
                        new Step.RebootCleanly(target(old, "web-04")),
                        new Outcome.Done("it answers its probe in domid 30"),
                        ran("xcp-2", "xe vm-reboot uuid=" + handle("web-04"), 0, "", "", 11_200))
                .opened(now.minusSeconds(4_100))
                .closed(now.minusSeconds(3_700))
                .build();
    }

    /** The decisions that led to it, oldest first, each with its moment. */
    List<Told> decisions() {
        Incident hung = hung();
        Incident crashed = crashed();
        Incident zombie = zombie();
        Incident model = deviceModel();
        Incident suspected = suspected();
        return List.of(
                new Told(POOL, 4_100, opened(recovered()), "two witnesses for 2 min 30 s"),
                new Told(POOL, 4_098, ordered(recovered(), 0), "the first rung of its ladder"),
                new Told(
                        POOL,
                        3_700,
                        new Decision.PhaseChanged("web-04-hung-1", Phase.VERIFYING, Phase.RECOVERED),
                        "it answers in a new domain"),
                new Told(PLAIN, 1_560, opened(zombie), "it is dying and somebody holds its memory"),
                new Told(
                        PLAIN,
                        1_559,
                        new Decision.PhaseChanged("camera-zombie-1", Phase.CONFIRMED, Phase.EXHAUSTED),
                        "no rung helps against a zombie; its holder is named"),
                new Told(PLAIN, 420, new Decision.HostDoubted("xen-b"), "its digest contradicts what was seen"),
                new Told(POOL, 371, opened(model), "its process is gone"),
                new Told(
                        POOL,
                        370,
                        new Decision.StepWithheld(
                                "build-win-dm-1",
                                new Step.RebootHard(
                                        target(((Subject.Domain) model.subject()).incarnation(), "build-win")),
                                "hold"),
                        "mia holds the host until 06:00"),
                new Told(POOL, 214, opened(hung), "two witnesses for 90 s"),
                new Told(POOL, 213, ordered(hung, 0), "the first rung of its ladder"),
                new Told(
                        POOL,
                        150,
                        new Decision.OutcomeTaken(
                                "shop-db-hung-1",
                                hung.attempts().get(0).command().id(),
                                new Outcome.Ineffective("the guest did not take the request")),
                        ""),
                new Told(POOL, 72, opened(crashed), "it crashed and is kept"),
                new Told(POOL, 71, ordered(crashed, 0), "the first rung of its ladder"),
                new Told(
                        POOL,
                        66,
                        new Decision.OutcomeTaken(
                                "ci-runner-4-crashed-1",
                                crashed.attempts().get(0).command().id(),
                                new Outcome.Done("domid 31 runs")),
                        ""),
                new Told(POOL, 24, opened(suspected), "one witness"),
                new Told(POOL, 12, ordered(hung, 1), "a clean reboot did not help"));
    }

    /** @param ago in seconds */
    record Told(String pool, long ago, Decision decision, String reason) {}

    static Decision opened(Incident one) {
        return new Decision.IncidentOpened(one.id(), one.subject(), one.finding());
    }

    private static Decision ordered(Incident one, int attempt) {
        return new Decision.StepOrdered(one.id(), one.attempts().get(attempt).command());
    }

    private static Target target(Incarnation one, String name) {
        return new Target(one, vm(name), List.of(Target.State.RUNNING, Target.State.SHUT_DOWN));
    }

    private static StepOutcome.Ran ran(String host, String command, int exit, String out, String err, long ms) {
        return new StepOutcome.Ran(host, command, exit, out, err, Duration.ofMillis(ms));
    }

    /** Writes all of it. */
    void writeTo(LogUnderTest log) {
        inventory().forEach(log::list);
        hosts().forEach(log::show);
        incidents().forEach(log::show);
        decisions().forEach(one -> log.decide(one.pool(), one.decision(), one.reason(), now.minusSeconds(one.ago())));
        log.tick();
    }

    /** One incident, bit by bit. */
    private static final class Builder {
        private final String pool;
        private final String id;
        private final Incarnation incarnation;
        private final String name;
        private final Phase phase;
        private final List<Attempt> attempts = new ArrayList<>();
        private Finding finding = new Finding(Verdict.UNDECIDED, List.of(), List.of(), List.of(), "");
        private List<Check> rules = List.of();
        private List<Check> guards = List.of();
        private @Nullable Proposal proposal;
        private @Nullable Next next;
        private Instant opened = Instant.EPOCH;
        private @Nullable Instant closed;

        Builder(String pool, String id, Incarnation incarnation, String name, Phase phase) {
            this.pool = pool;
            this.id = id;
            this.incarnation = incarnation;
            this.name = name;
            this.phase = phase;
        }

        Builder finding(Verdict verdict, String... evidence) {
            finding = new Finding(verdict, List.of(evidence), List.of(), List.of(), "toolstack facts §8");
            return this;
        }

        Builder advice(List<String> advice, List<String> harmful) {
            finding = new Finding(finding.verdict(), finding.evidence(), advice, harmful, finding.source());
            return this;
        }

        Builder rules(Check... all) {
            rules = List.of(all);
            return this;
        }

        Builder guards(Check... all) {
            guards = List.of(all);
            return this;
        }

        Builder attempt(Step step, @Nullable Outcome outcome, StepOutcome.@Nullable Ran ran) {
            HostTime time = new HostTime(incarnation.bootId(), Duration.ofDays(41));
            UUID command = new UUID(id.hashCode(), attempts.size());
            FencingToken token =
                    new FencingToken(new LogId("cluster", "paramedic.leases", 0, pool), 4_711 + attempts.size());
            attempts.add(new Attempt(
                    new Command(
                            command,
                            id,
                            new Scope.Vm(pool, incarnation.host(), vm(name)),
                            step,
                            opened.plusSeconds(60),
                            time,
                            null,
                            "the next rung"),
                    token,
                    outcome == null
                            ? null
                            : new StepOutcome(
                                    pool,
                                    command,
                                    "actuator-1",
                                    token,
                                    false,
                                    outcome,
                                    time,
                                    ran == null ? List.of() : List.of(ran))));
            return this;
        }

        Builder next(String what, @Nullable Instant due) {
            next = new Next(what, due);
            return this;
        }

        Builder opened(Instant at) {
            opened = at;
            return this;
        }

        Builder closed(Instant at) {
            closed = at;
            return this;
        }

        Incident build() {
            return new Incident(
                    pool,
                    id,
                    new Subject.Domain(incarnation, vm(name)),
                    phase,
                    Mode.ACT,
                    finding,
                    rules,
                    guards,
                    attempts,
                    null,
                    proposal,
                    next,
                    opened,
                    closed == null ? opened : closed,
                    closed);
        }
    }
}
