package io.paramedic.deploy.operator;

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
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Proposal;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.overview.HostOverview.DomainLine;
import io.paramedic.schemas.overview.HostOverview.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A pool of two hosts: on one a VM hangs and another cannot be told hung from idle; the other was never reported. */
final class Story {
    static final Instant AT = Instant.parse("2026-11-20T02:14:05Z");
    static final UUID BOOT = new UUID(0, 1);
    static final Incarnation WEB = new Incarnation("xen-a", BOOT, 12, new UUID(0, 12));
    static final VmId WEB_VM = new VmId.ByName("web1");
    static final HostTime UP = new HostTime(BOOT, Duration.ofHours(5));

    static final List<HostRecord> INVENTORY = List.of(
            new HostRecord("xen-a", "north", new Access.Local(false), Map.of(), List.of()),
            new HostRecord("xen-b", "north", new Access.Local(false), Map.of(), List.of()));

    static final HostOverview XEN_A = new HostOverview(
            "north",
            "xen-a",
            Mode.ACT,
            true,
            Standing.TRUSTED,
            "all sightings are there",
            Toolstack.XL,
            UP,
            List.of(),
            List.of(
                    new DomainLine(
                            0,
                            new UUID(0, 0),
                            null,
                            "Domain-0",
                            new Condition.Running(Activity.ACTIVE),
                            Verdict.CONTROL_DOMAIN,
                            List.of(),
                            null),
                    new DomainLine(
                            12,
                            WEB.handle(),
                            WEB_VM,
                            "web1",
                            new Condition.Running(Activity.QUIET),
                            Verdict.HUNG,
                            List.of("heartbeat", "probe"),
                            "i-1"),
                    new DomainLine(
                            13,
                            new UUID(0, 13),
                            null,
                            "db\u001b[2J",
                            new Condition.Running(Activity.QUIET),
                            Verdict.NOTHING_WRONG,
                            List.of("vcpu"),
                            null)),
            0,
            List.of("mia holds the host until 18:00"),
            AT);

    private static final Step DESTROY =
            new Step.DestroyDomain(new Target(WEB, WEB_VM, List.of(Target.State.RUNNING)), null);
    private static final Command COMMAND = new Command(
            new UUID(0, 50),
            "i-1",
            new Scope.Vm("north", "xen-a", WEB_VM),
            DESTROY,
            AT.plusSeconds(60),
            UP,
            null,
            "a clean reboot did not help");

    static final Incident HUNG = incident("i-1", new Subject.Domain(WEB, WEB_VM), null);
    static final Incident WAITING = incident(
            "i-2",
            new Subject.Domain(WEB, WEB_VM),
            new Proposal(new UUID(0, 80), DESTROY, "policy wants a person", AT.plusSeconds(600)));
    static final Situation SITUATION = new Situation(INVENTORY, List.of(XEN_A), List.of(HUNG));

    private Story() {}

    /** The host with one domain alone, of this VM and of this name. */
    static HostOverview named(VmId vm, String name) {
        DomainLine domain = new DomainLine(
                12,
                WEB.handle(),
                vm,
                name,
                new Condition.Running(Activity.QUIET),
                Verdict.NOTHING_WRONG,
                List.of(),
                null);
        return new HostOverview(
                "north",
                "xen-a",
                Mode.ACT,
                true,
                Standing.TRUSTED,
                "",
                Toolstack.XL,
                UP,
                List.of(),
                List.of(domain),
                0,
                List.of(),
                AT);
    }

    private static Incident incident(String id, Subject subject, @Nullable Proposal proposal) {
        StepOutcome outcome = new StepOutcome(
                "north",
                COMMAND.id(),
                "actuator-1",
                new FencingToken(new LogId("cluster", "paramedic.leases", 0, "north"), 4711),
                false,
                new Outcome.Done("domid 12 is gone"),
                UP,
                List.of(new StepOutcome.Ran(
                        "xen-a", "xl destroy 12", 0, "", "libxl: warning\n", Duration.ofMillis(340))));
        return new Incident(
                "north",
                id,
                subject,
                Phase.VERIFYING,
                Mode.ACT,
                new Finding(
                        Verdict.HUNG,
                        List.of("heartbeat 41 for 130 s", "tcp 10.0.0.51:443 silent for 128 s"),
                        List.of("reboot it"),
                        List.of("do not reset its power state"),
                        "toolstack facts \u00a78 row 4"),
                List.of(new Check("two witnesses", true, "heartbeat and probe")),
                List.of(new Check("budget", false, "4 of 4 steps on xen-a within the hour")),
                List.of(new Incident.Attempt(
                        COMMAND,
                        new FencingToken(new LogId("cluster", "paramedic.leases", 0, "north"), 4711),
                        outcome)),
                null,
                proposal,
                new Incident.Next("its new domain is watched", AT.plusSeconds(300)),
                AT,
                AT.plusSeconds(10),
                null);
    }
}
