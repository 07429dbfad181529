package io.paramedic.collector.sampling;

import io.paramedic.collector.dialect.XenState;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.ShutdownReason;
import java.time.Duration;
import java.util.List;

/** Reduces the samples of one domain to a condition. The last sample says what it is, all of them how it runs. */
final class Conditions {
    /** Fewer samples without {@code r} and {@code b} are an ordinary moment of waiting for a CPU (toolstack facts §0). */
    private static final int STUCK_SAMPLES = 3;

    private static final double SATURATED = 0.85;
    private static final double QUIET = 0.02;

    private Conditions() {}

    /**
     * @param samples of one domid and one handle, oldest first, at least one
     * @param window host uptime between the first and the last of them
     */
    static Condition reduce(List<DomainSample> samples, Duration window) {
        DomainSample last = samples.getLast();
        XenState state = last.state();
        if (state.dying()) {
            return new Condition.Dying();
        }
        if (state.shutdown()) {
            ShutdownReason reason = state.reason() == null ? ShutdownReason.UNKNOWN : state.reason();
            return new Condition.ShutDown(reason, state.paused());
        }
        return state.paused() ? new Condition.Paused() : new Condition.Running(activity(samples, window));
    }

    private static Activity activity(List<DomainSample> samples, Duration window) {
        DomainSample last = samples.getLast();
        Duration used = last.cpuTime().minus(samples.getFirst().cpuTime());
        double available = window.toNanos() * (double) Math.max(1, last.vcpus());
        boolean unreadable =
                samples.size() < 2 || used.isNegative() || last.resolution().toNanos() > available / 4;
        if (unreadable) {
            return Activity.UNDETERMINED;
        }
        if (used.isZero()
                && samples.size() >= STUCK_SAMPLES
                && samples.stream().noneMatch(s -> onCpuOrAsleep(s.state()))) {
            return Activity.STUCK_IN_XEN;
        }
        if (used.toNanos() >= SATURATED * available) {
            return Activity.SATURATED;
        }
        boolean quiet = used.toNanos() <= Math.max(last.resolution().toNanos(), QUIET * window.toNanos());
        return quiet ? Activity.QUIET : Activity.ACTIVE;
    }

    /** Paused or stopped in between counts as well: such a sample says nothing of waiting inside Xen. */
    private static boolean onCpuOrAsleep(XenState state) {
        return state.running() || state.blocked() || state.paused() || state.shutdown();
    }
}
