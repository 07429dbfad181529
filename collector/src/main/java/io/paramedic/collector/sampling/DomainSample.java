package io.paramedic.collector.sampling;

import io.paramedic.collector.dialect.ListDomainsRow;
import io.paramedic.collector.dialect.XenState;
import io.paramedic.collector.dialect.XlListRow;
import io.paramedic.schemas.observation.ShutdownReason;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One domain in one sample, whichever tool listed it.
 *
 * @param name as the tool printed it; {@code list_domains} knows no names
 * @param hardwareAssisted the hypervisor's flag, where the tool tells it
 * @param resolution the smallest difference of CPU time that the tool can show
 */
record DomainSample(
        int domid,
        UUID handle,
        @Nullable String name,
        @Nullable Boolean hardwareAssisted,
        int vcpus,
        long memoryMib,
        XenState state,
        Duration cpuTime,
        Duration resolution) {
    private static final Duration TENTH = Duration.ofMillis(100);
    private static final Duration NANOSECOND = Duration.ofNanos(1);

    /**
     * @return the sample, or null where the row lacks what only {@code xl list -v} prints
     */
    static @Nullable DomainSample of(XlListRow row) {
        UUID handle = row.uuid();
        if (handle == null) {
            return null;
        }
        XenState state = row.state();
        Integer code = row.shutdownCode();
        if (state.shutdown() && code != null) {
            state = withReason(state, ShutdownReason.ofCode(code));
        }
        return new DomainSample(
                row.domid(),
                handle,
                row.name(),
                null,
                row.vcpus(),
                row.memoryMib(),
                state,
                row.cpuTime(),
                steps(row.cpuTime()));
    }

    /**
     * @return the sample, or null where the row lacks what only {@code list_domains -all} prints
     */
    static @Nullable DomainSample of(ListDomainsRow row) {
        Duration cpuTime = row.cpuTime();
        Integer vcpus = row.vcpusOnline();
        Long memory = row.totalMib();
        if (cpuTime == null || vcpus == null || memory == null) {
            return null;
        }
        XenState state = row.state();
        Integer code = row.shutdownCode();
        if (state.shutdown() && code != null) {
            state = withReason(state, ShutdownReason.ofCode(code));
        }
        return new DomainSample(
                row.domid(), row.uuid(), null, row.hardwareAssisted(), vcpus, memory, state, cpuTime, NANOSECOND);
    }

    private static XenState withReason(XenState state, ShutdownReason reason) {
        return new XenState(
                state.running(),
                state.blocked(),
                state.paused(),
                state.shutdown(),
                reason,
                state.dying(),
                state.letters());
    }

    /** xl prints tenths of a second from a C float, whose steps grow with the number (toolstack facts §2.1). */
    private static Duration steps(Duration cpuTime) {
        double step = Math.ulp(cpuTime.toMillis() / 1000.0f);
        Duration float32 = Duration.ofNanos((long) (step * 1e9));
        return float32.compareTo(TENTH) > 0 ? float32 : TENTH;
    }
}
