package io.paramedic.collector.sampling;

import java.time.Duration;

/**
 * How a host is looked at for as long as it is watched. All times are host uptime. What is asked beside the list of domains is
 * asked the more rarely the longer its answer takes, so that a slow toolstack is not made slower.
 *
 * @param window of samples from which conditions are reduced; at least three samples are kept where they are not much older
 * @param limit for each command, connecting included
 * @param tree how often the whole of xenstore is read; in between only the nodes that matter are
 * @param processes how often dom0's processes are listed while nothing is odd; else at each look
 * @param records how often XAPI's records are read while nothing is odd
 * @param rest how often all else is asked: Xen itself, the tools that are there, grant tables, whether the host is enabled
 */
public record SamplerSettings(
        Duration window, Duration limit, Duration tree, Duration processes, Duration records, Duration rest) {
    public static final SamplerSettings DEFAULT = new SamplerSettings(
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1));

    public SamplerSettings {
        if (!window.isPositive() || !limit.isPositive()) {
            throw new IllegalArgumentException("window and limit must be above zero: " + window + ", " + limit);
        }
        if (tree.isNegative() || processes.isNegative() || records.isNegative() || rest.isNegative()) {
            throw new IllegalArgumentException("nothing can be asked more often than at each look: " + tree + ", "
                    + processes + ", " + records + ", " + rest);
        }
    }
}
