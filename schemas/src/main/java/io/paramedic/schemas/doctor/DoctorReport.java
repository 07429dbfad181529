package io.paramedic.schemas.doctor;

import java.time.Instant;
import java.util.List;

/**
 * One run of the doctor. It is printed even when no host answered.
 *
 * @param v version of this document, {@link #VERSION}
 * @param at when the run ended, by the clock of the machine that ran it; for people, never compared with a host's time
 * @param hosts in the order in which they were asked for
 */
public record DoctorReport(int v, Instant at, List<HostReport> hosts) {
    /** The version that this release writes. */
    public static final int VERSION = 1;

    public DoctorReport {
        if (v < 1 || v > VERSION) {
            throw new IllegalArgumentException(
                    "no version of the doctor's report: " + v + ", this release knows 1 to " + VERSION);
        }
        hosts = List.copyOf(hosts);
    }

    public DoctorReport(Instant at, List<HostReport> hosts) {
        this(VERSION, at, hosts);
    }
}
