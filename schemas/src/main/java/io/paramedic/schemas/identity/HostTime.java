package io.paramedic.schemas.identity;

import java.time.Duration;
import java.util.UUID;

/**
 * A moment as the host itself tells it. Only these two values order samples and measure durations on a host; wall clocks
 * of hosts and of Paramedic are never compared.
 *
 * @param bootId the kernel's random id of this boot ({@code /proc/sys/kernel/random/boot_id})
 * @param uptime time since that boot ({@code /proc/uptime}), to the hundredth of a second
 */
public record HostTime(UUID bootId, Duration uptime) {
    public HostTime {
        if (uptime.isNegative()) {
            throw new IllegalArgumentException("uptime is negative: " + uptime);
        }
    }

    /** Whether this moment is after the other one in the same boot; across boots nothing is ordered and the answer is no. */
    public boolean isAfter(HostTime other) {
        return bootId.equals(other.bootId) && uptime.compareTo(other.uptime) > 0;
    }
}
