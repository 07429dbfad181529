package io.paramedic.schemas.observation;

import io.paramedic.schemas.identity.HostTime;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One look at one host that answered.
 *
 * @param host the host's name in the inventory, or as the user wrote it
 * @param time the host's own time at the last sample of its domains
 * @param window host uptime between the first and the last sample
 * @param facts what the host says of itself
 * @param domains ascending by domid, dom0 first
 * @param unread what was not looked at or could not be read, and why; never silently absent
 */
public record HostObservation(
        String host,
        HostTime time,
        Duration window,
        HostFacts facts,
        List<DomainObservation> domains,
        List<Unread> unread) {
    public HostObservation {
        domains = List.copyOf(domains);
        unread = List.copyOf(unread);
    }

    /**
     * @param toolstack which of the known toolstacks drives this host
     * @param xenVersion for example {@code 4.17.7}
     * @param scheduler for example {@code credit2}
     * @param totalMemoryMib of the machine
     * @param freeMemoryMib what Xen could still give to domains
     * @param virtCaps what the CPU offers, as Xen prints it
     * @param commandLine Xen's boot options
     * @param xenstore whether xenstored answered
     * @param toolstackAnswer whether the tool that lists domains answered, and how long it took
     * @param load dom0's load average over one minute
     * @param daemons the dom0 daemons that a working host has
     * @param hostUuid this host's own uuid in XAPI, from {@code /etc/xensource-inventory}; what {@link
     *     DomainSignals.XapiRecord#residentOn} is compared with
     * @param enabled XAPI: whether the host takes VMs; false while it is disabled, evacuated or in maintenance. Absent where
     *     the toolstack knows no such thing or was not asked
     */
    public record HostFacts(
            Toolstack toolstack,
            @Nullable String xenVersion,
            @Nullable String scheduler,
            @Nullable Long totalMemoryMib,
            @Nullable Long freeMemoryMib,
            @Nullable String virtCaps,
            @Nullable String commandLine,
            Answer xenstore,
            Answer toolstackAnswer,
            @Nullable Double load,
            List<Daemon> daemons,
            @Nullable UUID hostUuid,
            @Nullable Boolean enabled) {
        public HostFacts {
            daemons = List.copyOf(daemons);
        }
    }

    public enum Toolstack {
        XL,
        XAPI,
        /** Neither tool set was found or answered. */
        UNKNOWN
    }

    /**
     * @param how whether a service answered
     * @param took how long the answer took, or how long it was waited for
     */
    public record Answer(How how, Duration took) {
        public enum How {
            ANSWERED,
            FAILED,
            HUNG,
            NOT_ASKED
        }
    }

    /**
     * @param name for example {@code xenstored}, whatever the binary is called
     * @param state the process's state letter; absent where no such process runs
     */
    public record Daemon(String name, @Nullable String state) {}

    /**
     * @param what the tool or signal
     * @param why the reason in a sentence: not installed, timed out after …, could not be parsed
     * @param quote the start of the output that could not be read
     */
    public record Unread(String what, String why, @Nullable String quote) {}
}
