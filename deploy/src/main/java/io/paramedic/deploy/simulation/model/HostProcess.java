package io.paramedic.deploy.simulation.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A process in the control domain.
 *
 * @param role what it is for
 * @param domain the domain that it serves, if it serves one; its arguments follow that domain's name and id
 * @param stat as {@code ps} prints it
 * @param args its command line if it does not follow from its role
 */
public record HostProcess(
        int pid, Role role, @Nullable Domain domain, String stat, String wchan, Instant started, String args) {

    /** What a process is for. */
    public enum Role {
        XENSTORED,
        XENCONSOLED,
        /** The background {@code xl create} that acts when its domain shuts down (toolstack facts §2.3). */
        CREATE_DAEMON,
        DEVICE_MODEL,
        /** Keeps a page of a domain mapped. */
        HOLDER,
        OTHER
    }

    HostProcess stat(String newStat, String newWchan) {
        return new HostProcess(pid, role, domain, newStat, newWchan, started, args);
    }

    HostProcess older(Duration age) {
        return new HostProcess(pid, role, domain, stat, wchan, started.minus(age), args);
    }

    /** The command line now; a process that has exited shows its name in brackets. */
    public String commandLine(Dialect dialect) {
        String line = line(dialect);
        return stat.startsWith("Z") ? "[" + programOf(line) + "] <defunct>" : line;
    }

    private String line(Dialect dialect) {
        if (domain == null || role == Role.OTHER) {
            return args;
        }
        return switch (role) {
            case CREATE_DAEMON ->
                "/usr/lib/xen-4.17/bin/xl create " + (domain.spec().paused() ? "-p " : "") + domain.configPath();
            case DEVICE_MODEL ->
                switch (dialect) {
                    case XL -> DeviceModelArgs.libxl(domain);
                    case XCP_NG -> DeviceModelArgs.xenopsd(domain);
                };
            case HOLDER -> args.replace("{domid}", Integer.toString(domain.domid()));
            case XENSTORED, XENCONSOLED, OTHER -> args;
        };
    }

    private static String programOf(String line) {
        String first = line.split(" ", -1)[0];
        return first.substring(first.lastIndexOf('/') + 1);
    }
}
