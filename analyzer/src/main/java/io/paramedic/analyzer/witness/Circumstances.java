package io.paramedic.analyzer.witness;

import java.time.Duration;

/**
 * What must be known of the host and the pool to weigh a witness.
 *
 * @param uptime of the host at its last sample
 * @param floor host uptime from which on the watch has no gap
 * @param hung how long a silence must persist
 * @param learntProbe how long a probe that nobody configured must have answered
 * @param xenstore whether xenstored answers; else no heartbeat can be read
 * @param toolstack whether the host's tools answer at their usual pace; else what they say of vCPUs is no witness
 * @param network whether the collectors' way to the guests is believed to work
 */
public record Circumstances(
        Duration uptime,
        Duration floor,
        Duration hung,
        Duration learntProbe,
        boolean xenstore,
        boolean toolstack,
        boolean network) {
    Duration persisted(Duration since) {
        Duration from = since.compareTo(floor) > 0 ? since : floor;
        Duration length = uptime.minus(from);
        return length.isNegative() ? Duration.ZERO : length;
    }
}
