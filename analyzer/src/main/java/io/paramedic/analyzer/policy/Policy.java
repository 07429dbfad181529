package io.paramedic.analyzer.policy;

import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.incident.Mode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What holds in one pool.
 *
 * @param mode how far Paramedic goes
 * @param patience how long something must persist
 * @param guards what stands between a verdict and a step
 * @param rungs how each rung may be used
 * @param protectedVms names or uuids of VMs that are watched and never touched; {@code *} stands for any characters
 */
public record Policy(
        Mode mode, Patience patience, Guards guards, Map<Rung, RungRule> rungs, List<String> protectedVms) {
    /** Holds where nobody has set another one: observe only, and careful limits for whoever arms it. */
    public static final Policy DEFAULT = new Policy(
            Mode.OBSERVE,
            Patience.DEFAULT,
            Guards.DEFAULT,
            Map.of(
                    Rung.REAP, new RungRule(true, false, Duration.ofMinutes(2)),
                    Rung.CLEAN_REBOOT, new RungRule(true, false, Duration.ofMinutes(5)),
                    Rung.HARD_REBOOT, new RungRule(true, false, Duration.ofMinutes(5)),
                    Rung.DESTROY_AND_START, new RungRule(true, false, Duration.ofMinutes(5))),
            List.of());

    public Policy {
        rungs = Map.copyOf(rungs);
        protectedVms = List.copyOf(protectedVms);
    }

    /** What may be done about a VM, from the least harmful on. */
    public enum Rung {
        /** Clears away a domain that stopped by itself, and starts its VM again where it had asked for a reboot. */
        REAP,
        /** Asks the guest; a request that it does not take is withdrawn. */
        CLEAN_REBOOT,
        /** XAPI ends the domain and starts the VM anew. */
        HARD_REBOOT,
        /** Ends the domain, sees that it is gone, and starts the VM again from its configuration. */
        DESTROY_AND_START
    }

    /**
     * @param enabled whether the rung may be used at all
     * @param approval whether a person must say yes, also in mode act
     * @param verify how long after the step its effect is waited for
     */
    public record RungRule(boolean enabled, boolean approval, Duration verify) {
        static final Duration SHORTEST_VERIFY = Duration.ofSeconds(5);

        private RungRule scaledBy(double factor) {
            return new RungRule(enabled, approval, Scaled.time(verify, factor, SHORTEST_VERIFY));
        }
    }

    /**
     * How long something must persist, in time of the host where a host is looked at and in time of the log otherwise.
     *
     * @param hung how long two independent witnesses must both persist before a running domain is called hung
     * @param stopped how long a crash, a shutdown that nobody reaps, or a half-destroyed domain must stay
     * @param deviceModel how long a device model must be gone
     * @param zombie how long a dead domain must stay
     * @param toolstack how long the tools of a host must not answer
     * @param hostSilent how long nothing must be heard of a host
     * @param learntProbe how long a probe that nobody configured must have answered before its silence means anything
     * @param healthy how long a domain must look well before its incident is closed
     * @param startUp after a domain, a host or the analyzer has come up: how long nothing is done about it
     * @param evidence how old a sample may be when a step begins
     */
    public record Patience(
            Duration hung,
            Duration stopped,
            Duration deviceModel,
            Duration zombie,
            Duration toolstack,
            Duration hostSilent,
            Duration learntProbe,
            Duration healthy,
            Duration startUp,
            Duration evidence) {
        public static final Patience DEFAULT = new Patience(
                Duration.ofMinutes(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofDays(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(3),
                Duration.ofSeconds(45));

        static final Duration SHORTEST_EVIDENCE = Duration.ofSeconds(10);

        private Patience scaledBy(double factor) {
            return new Patience(
                    Scaled.time(hung, factor),
                    Scaled.time(stopped, factor),
                    Scaled.time(deviceModel, factor),
                    Scaled.time(zombie, factor),
                    Scaled.time(toolstack, factor),
                    Scaled.time(hostSilent, factor),
                    Scaled.time(learntProbe, factor),
                    Scaled.time(healthy, factor),
                    Scaled.time(startUp, factor),
                    Scaled.time(evidence, factor, SHORTEST_EVIDENCE));
        }

        /** After which a verdict of this kind is confirmed. */
        public Duration of(Verdict verdict) {
            return switch (verdict) {
                case HUNG, HANG_SUSPECTED, STORAGE_STALL_SUSPECTED, SCHEDULER_STALL_SUSPECTED, HOST_OVERLOADED -> hung;
                case CRASHED, NOT_REAPED, HALF_DESTROYED, CRASH_LOOP, ORPHAN, STALE_RECORD, DUPLICATE -> stopped;
                case DEVICE_MODEL_DEAD -> deviceModel;
                case ZOMBIE -> zombie;
                case TOOLSTACK_HUNG, XENSTORE_DEAD, NAMES_LOST, DAEMON_MISSING -> toolstack;
                case HOST_SILENT -> hostSilent;
                case NOTHING_WRONG, PAUSED, IN_FLIGHT, CONTROL_DOMAIN, GRANT_TABLE_NEARLY_FULL, UNDECIDED -> stopped;
            };
        }
    }

    /**
     * @param suspects on one host or one storage within {@code window} that make a common cause
     * @param window of the common cause
     * @param calm after a common cause is over: how long nothing is done under it
     * @param perHostPerHour destructive steps on one host within an hour
     * @param perPoolPerHour destructive steps in the pool within an hour
     * @param perVmPerDay times that one VM may be reset within a day
     * @param inFlightPerPool recoveries under way in the pool at one time; on one host it is always one
     * @param minimumHealthyPercent of the VMs of the pool that are well; recoveries under way count as not well
     */
    public record Guards(
            int suspects,
            Duration window,
            Duration calm,
            int perHostPerHour,
            int perPoolPerHour,
            int perVmPerDay,
            int inFlightPerPool,
            int minimumHealthyPercent) {
        public static final Guards DEFAULT =
                new Guards(3, Duration.ofMinutes(2), Duration.ofMinutes(5), 4, 8, 3, 2, 60);

        private Guards scaledBy(double factor) {
            return new Guards(
                    suspects,
                    Scaled.time(window, factor),
                    Scaled.time(calm, factor),
                    perHostPerHour,
                    perPoolPerHour,
                    perVmPerDay,
                    inFlightPerPool,
                    minimumHealthyPercent);
        }
    }

    public Optional<RungRule> rule(Rung rung) {
        return Optional.ofNullable(rungs.get(rung)).filter(RungRule::enabled);
    }

    /**
     * The first entry of the protected VMs that means this one.
     *
     * @param nameOrUuid of the VM; letters of a uuid may be large or small
     */
    public Optional<String> protectionOf(String nameOrUuid) {
        return protectedVms.stream()
                .filter(pattern -> NamePattern.matches(pattern, nameOrUuid))
                .findFirst();
    }

    /**
     * The same policy for demonstrations, where nobody wants to wait: all times divided by the factor, to the millisecond,
     * and none below its floor, which is 1 s, for the age of evidence 10 s, and for the wait after a step 5 s. Budgets stay,
     * and hours and days stay hours and days: a budget is not patience.
     *
     * @param factor at least 1
     */
    public Policy scaledBy(double factor) {
        if (!(factor >= 1 && factor <= 1_000)) {
            throw new IllegalArgumentException("times are divided by 1 to 1000, not by " + factor);
        }
        Map<Rung, RungRule> scaled = new EnumMap<>(Rung.class);
        rungs.forEach((rung, rule) -> scaled.put(rung, rule.scaledBy(factor)));
        return new Policy(mode, patience.scaledBy(factor), guards.scaledBy(factor), scaled, protectedVms);
    }
}
