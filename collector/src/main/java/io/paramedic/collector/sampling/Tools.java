package io.paramedic.collector.sampling;

import io.paramedic.collector.access.HostCommand;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of the programs that we ask a host has, and the commands that ask them. Every command only reads.
 *
 * @param present program names that the host's shell found
 * @param limit for each command
 */
record Tools(Set<String> present, Duration limit) {
    static final String CLOCK = "cat /proc/sys/kernel/random/boot_id /proc/uptime /proc/loadavg";
    private static final List<String> ASKED =
            List.of("timeout", "xl", "list_domains", "xe", "xenstore-ls", "xen-diag", "ps");

    Tools {
        present = Set.copyOf(present);
    }

    /** Finds the programs; the host's shell prints the path of each that is there. */
    static HostCommand detection(Duration limit) {
        return HostCommand.tools(
                limit, CLOCK + ASKED.stream().map(t -> "; command -v " + t).collect(Collectors.joining()));
    }

    /** Reads what {@link #detection} printed after the clock. */
    static Tools detected(String output, Duration limit) {
        return new Tools(
                output.lines()
                        .map(line -> line.substring(line.lastIndexOf('/') + 1))
                        .filter(ASKED::contains)
                        .collect(Collectors.toSet()),
                limit);
    }

    boolean has(String tool) {
        return present.contains(tool);
    }

    /** Both: {@code list_domains} alone also lies on hosts that are driven otherwise (toolstack facts §1.1). */
    Toolstack toolstack() {
        if (has("xe") && has("list_domains")) {
            return Toolstack.XAPI;
        }
        return has("xl") ? Toolstack.XL : Toolstack.UNKNOWN;
    }

    /** The list of domains that answers most truthfully here, behind the host's clock. */
    HostCommand domains() {
        return clocked(toolstack() == Toolstack.XAPI ? "list_domains -all" : "xl list -v");
    }

    HostCommand xenstore() {
        return clocked("xenstore-ls -f");
    }

    HostCommand xenInfo() {
        return bounded("xl info");
    }

    HostCommand processes() {
        return bounded("ps axo pid,ppid,stat,wchan:20,etime,args");
    }

    /** One short process for each domain; it asks the hypervisor alone and does not hang with the toolstack (lab facts 5). */
    HostCommand grants(Collection<Integer> domids) {
        return HostCommand.tools(
                limit,
                domids.stream().map(d -> "xen-diag gnttab_query_size " + d).collect(Collectors.joining("; ")));
    }

    HostCommand xapiUuids() {
        return bounded("xe vm-list params=uuid --minimal");
    }

    HostCommand xapiRecords(List<String> fields) {
        return bounded("xe vm-list params=" + String.join(",", fields));
    }

    private HostCommand clocked(String tool) {
        return HostCommand.tools(limit, CLOCK + " && " + wrap(tool));
    }

    private HostCommand bounded(String tool) {
        return HostCommand.tools(limit, wrap(tool));
    }

    /**
     * A tool that hangs stays on the host after the connection is gone, and one more would stay with every look. So the host
     * itself ends it where it can, a little before we stop waiting.
     */
    private String wrap(String tool) {
        long seconds = Math.max(1, limit.toSeconds() - 1);
        return has("timeout") ? "timeout -k 1 " + seconds + " " + tool : tool;
    }
}
