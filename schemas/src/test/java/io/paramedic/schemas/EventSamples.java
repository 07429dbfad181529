package io.paramedic.schemas;

import static io.paramedic.schemas.Samples.AT;
import static io.paramedic.schemas.Samples.BY_NAME;
import static io.paramedic.schemas.Samples.FACTS;
import static io.paramedic.schemas.Samples.HASH;
import static io.paramedic.schemas.Samples.HOST;
import static io.paramedic.schemas.Samples.POOL;
import static io.paramedic.schemas.Samples.SIGNALS;
import static io.paramedic.schemas.Samples.STREAM;
import static io.paramedic.schemas.Samples.STUCK;
import static io.paramedic.schemas.Samples.TIME;
import static io.paramedic.schemas.Samples.TOKEN;
import static io.paramedic.schemas.Samples.UNREAD;
import static io.paramedic.schemas.Samples.VM;
import static io.paramedic.schemas.Samples.XEN_A;
import static io.paramedic.schemas.Samples.domain;
import static io.paramedic.schemas.Samples.id;

import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.event.HoldTold;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.event.Sighting;
import io.paramedic.schemas.event.StateDigest;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals;
import io.paramedic.schemas.observation.DomainType;
import io.paramedic.schemas.observation.ShutdownReason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is said on {@code events} while the web server hangs and is rescued. */
final class EventSamples {
    static final WatchedDomain ZOMBIE = new WatchedDomain(
            BY_NAME,
            new DomainObservation(
                    13,
                    id(13),
                    null,
                    DomainType.UNKNOWN,
                    "none",
                    0,
                    0,
                    0,
                    new Condition.Dying(),
                    List.of("--ps-d"),
                    Duration.ofMillis(100),
                    Duration.ZERO,
                    Duration.ofMillis(100),
                    DomainSignals.NONE));
    private static final DomainSignals NO_DEVICE_MODEL = new DomainSignals(
            null,
            null,
            null,
            new DomainSignals.DeviceModel(4242, null, null),
            null,
            null,
            null,
            null,
            List.of(),
            List.of(),
            null);
    private static final DomainSignals BELIEVED_HALTED = new DomainSignals(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            new DomainSignals.XapiRecord(id(12), "web1", "halted", -1, "", false, null),
            List.of(),
            List.of(),
            new DomainSignals.Configuration("/etc/xen/auto/web1", HASH, "web1", null, List.of()));
    static final WatchedDomain UNKNOWN_VM = new WatchedDomain(null, ZOMBIE.observation());
    static final String DIGEST =
            StateDigest.NOTHING.with(FACTS, UNREAD).with(STUCK).with(ZOMBIE).hex();
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private EventSamples() {}

    static Map<String, PoolEvent> all() {
        Map<String, PoolEvent> all = new LinkedHashMap<>();
        addSightings(all);
        addOutcomes(all);
        addControls(all);
        all.put("hold-told", new HoldTold("north", id(41), "xen-a", TIME, false));
        all.put("host-listed", new PoolEvent.HostListed(XEN_A));
        all.put("host-unlisted", new PoolEvent.HostUnlisted("north", "xen-a"));
        all.put(
                "policy-changed",
                new PoolEvent.PolicyChanged("north", 3, "mode: act\n", HASH, "mia", "observed for a month"));
        all.put("tick", new PoolEvent.Tick(3, id(60), 86_400, 86_399));
        return all;
    }

    private static void addSightings(Map<String, PoolEvent> all) {
        Condition quiet = new Condition.Running(Activity.QUIET);
        Condition crashed = new Condition.ShutDown(ShutdownReason.CRASH, true);
        all.put("domain-event", changed(quiet, STUCK));
        all.put("domain-event.crashed", changed(quiet, domain(crashed, SIGNALS)));
        all.put(
                "domain-event.first-seen",
                new Sighting.DomainEvent("north", STREAM, 4, TIME, WINDOW, null, UNKNOWN_VM));
        all.put("domain-event.paused", changed(quiet, domain(new Condition.Paused(), DomainSignals.NONE)));
        all.put("domain-event.device-model-gone", changed(quiet, domain(quiet, NO_DEVICE_MODEL)));
        all.put("domain-event.believed-halted", changed(quiet, domain(quiet, BELIEVED_HALTED)));
        all.put("domain-event.gone", changed(crashed, domain(new Condition.Gone(), DomainSignals.NONE)));
        all.put("host-event", new Sighting.HostEvent("north", STREAM, 5, TIME, FACTS, UNREAD));
        all.put("host-event.bare", new Sighting.HostEvent("north", STREAM, 5, TIME, Samples.BARE_FACTS, List.of()));
        all.put("host-beat", new Sighting.HostBeat("north", STREAM, 6, TIME, 3, DIGEST, Duration.ofMillis(23)));
        all.put(
                "host-snapshot-part",
                new Sighting.HostSnapshotPart(
                        "north", STREAM, 7, TIME, id(61), 1, 2, WINDOW, DIGEST, FACTS, List.of(STUCK, ZOMBIE), UNREAD));
        all.put(
                "host-unreachable",
                new Sighting.HostUnreachable(
                        "north", STREAM, 8, TIME, "timed-out", "xen-a did not answer within 10 s."));
        all.put(
                "host-unreachable.never-reached",
                new Sighting.HostUnreachable(
                        "north", STREAM, 0, null, "host-key-unknown", "Approve the key of xen-a."));
    }

    private static Sighting changed(Condition before, WatchedDomain now) {
        return new Sighting.DomainEvent("north", STREAM, 4, TIME, WINDOW, before, now);
    }

    private static void addOutcomes(Map<String, PoolEvent> all) {
        StepOutcome.Ran destroy = new StepOutcome.Ran("xen-a", "xl destroy 12", 0, "", "", Duration.ofMillis(2_300));
        StepOutcome.Ran cutOff =
                new StepOutcome.Ran("xen-a", "xl destroy 12", null, "", "Connection reset", Duration.ofSeconds(40));
        all.put(
                "step-outcome.done",
                new StepOutcome(
                        "north",
                        id(50),
                        "actuator-1",
                        TOKEN,
                        false,
                        new Outcome.Done("domid 12 is not listed"),
                        TIME,
                        List.of(destroy)));
        all.put("step-outcome.ineffective", early(new Outcome.Ineffective("Domid 12 is still dying.")));
        all.put("step-outcome.refused", early(new Outcome.Refused(Refusal.OTHER_BOOT, "xen-a was rebooted.")));
        all.put("step-outcome.not-reached", early(new Outcome.NotReached("xen-a refused the connection.")));
        all.put("step-outcome.running", early(new Outcome.Running("xl destroy 12 runs since 41 s.")));
        all.put("step-outcome.garbled", early(new Outcome.Garbled("\u0000\ufffdguard", "The answer has no end.")));
        all.put(
                "step-outcome.unknown",
                new StepOutcome(
                        "north",
                        id(50),
                        "actuator-2",
                        TOKEN,
                        true,
                        new Outcome.Unknown("The connection was lost after the start."),
                        null,
                        List.of(cutOff)));
    }

    private static StepOutcome early(Outcome outcome) {
        return new StepOutcome("north", id(50), "actuator-1", null, false, outcome, null, List.of());
    }

    private static void addControls(Map<String, PoolEvent> all) {
        all.put("pause", new Control.Pause(id(70), POOL, "mia", "storage work", AT));
        all.put("pause.open-ended", new Control.Pause(id(70), HOST, "mia", "", null));
        all.put("resume", new Control.Resume(id(71), POOL, "mia", "done"));
        all.put("take-hold", new Control.TakeHold(id(41), HOST, "mia", "new memory", AT));
        all.put("take-hold.open-ended", new Control.TakeHold(id(42), VM, "mia", "I look at it myself", null));
        all.put("release-hold", new Control.ReleaseHold(id(73), HOST, id(41), "mia", "done"));
        all.put("unblock", new Control.Unblock(id(74), HOST, "mia", "the destroy did run, I looked"));
        all.put("approve", new Control.Approve(id(75), "north", "i-17", id(80), "mia", ""));
        all.put("reject", new Control.Reject(id(76), "north", "i-17", id(80), "mia", "it answers on the console"));
    }
}
