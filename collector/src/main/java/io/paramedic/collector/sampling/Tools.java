package io.paramedic.collector.sampling;

import io.paramedic.collector.access.HostCommand;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Which of the programs that we ask a host has, and the commands that ask them. Every command only reads.
 *
 * @param present program names that the host's shell found
 * @param limit for each command
 */
record Tools(Set<String> present, Duration limit) {
    static final String CLOCK = "cat /proc/sys/kernel/random/boot_id /proc/uptime /proc/loadavg";
    private static final List<String> ASKED = List.of(
            "timeout", "xl", "list_domains", "xe", "xenstore-ls", "xenstore-list", "xenstore-read", "xen-diag", "ps");

    /** A whole tree is two round trips for each node: seconds where dom0 is busy, and no sign of a hang. */
    private static final int TREE_LIMITS = 5;

    private static final int TREE_BYTES = 64 << 20;

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

    /** One round trip, to learn whether xenstored answers at all. */
    HostCommand xenstoreAnswers() {
        return bounded("xenstore-list /local/domain");
    }

    HostCommand xenstoreTree() {
        Duration patient = limit.multipliedBy(TREE_LIMITS);
        HostCommand command = HostCommand.tools(patient, CLOCK + " && " + wrap("xenstore-ls -f", patient));
        return new HostCommand(command.line(), command.limit(), TREE_BYTES);
    }

    /** A few nodes; the tool stops at the first that is missing and names it on standard error. */
    HostCommand xenstoreNodes(List<String> paths) {
        return clocked("xenstore-read " + paths.stream().map(HostCommand::quote).collect(Collectors.joining(" ")));
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

    /** Which log each of these processes writes to; they are xl's, and their numbers come from ps. */
    HostCommand xlLogs(List<Integer> pids) {
        return HostCommand.tools(
                limit, "ls -l " + pids.stream().map(p -> "/proc/" + p + "/fd/1").collect(Collectors.joining(" ")));
    }

    HostCommand inventory() {
        return HostCommand.tools(limit, "cat /etc/xensource-inventory");
    }

    /** Whether the host takes VMs; one word. */
    HostCommand hostEnabled(UUID host) {
        return bounded("xe host-list uuid=" + host + " params=enabled --minimal");
    }

    HostCommand xapiUuids() {
        return bounded("xe vm-list params=uuid --minimal");
    }

    HostCommand xapiRecords(List<String> fields) {
        return bounded("xe vm-list params=" + String.join(",", fields));
    }

    private HostCommand clocked(String tool) {
        return HostCommand.tools(limit, CLOCK + " && " + wrap(tool, limit));
    }

    private HostCommand bounded(String tool) {
        return HostCommand.tools(limit, wrap(tool, limit));
    }

    /**
     * A tool that hangs stays on the host after the connection is gone, and one more would stay with every look. So the host
     * itself ends it where it can, a little before we stop waiting.
     */
    private String wrap(String tool, Duration time) {
        long seconds = Math.max(1, time.toSeconds() - 1);
        return has("timeout") ? "timeout -k 1 " + seconds + " " + tool : tool;
    }
}
