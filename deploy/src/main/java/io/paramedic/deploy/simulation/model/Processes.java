package io.paramedic.deploy.simulation.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The process table of a control domain. */
public final class Processes {
    private final Map<Integer, HostProcess> byPid = new TreeMap<>();
    private int nextPid = 560;

    Processes(HostFacts facts, Instant boot) {
        put(1, HostProcess.Role.OTHER, "Ss", "do_select", boot, "init [2]");
        put(2, HostProcess.Role.OTHER, "S", "kthreadd", boot, "[kthreadd]");
        put(23, HostProcess.Role.OTHER, "S", "xenbus_thread", boot, "[xenbus]");
        put(24, HostProcess.Role.OTHER, "S", "xenwatch_thread", boot, "[xenwatch]");
        put(start(HostProcess.Role.OTHER, null, "Ss", boot, "sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups"));
        startXenstored(facts.dialect(), boot);
        if (facts.dialect() == Dialect.XL) {
            String bin = "/usr/lib/xen-4.17/bin/";
            put(start(
                    HostProcess.Role.XENCONSOLED,
                    null,
                    "Sl",
                    boot,
                    bin + "xenconsoled --pid-file /run/xenconsoled.pid"));
        } else {
            put(start(
                    HostProcess.Role.XENCONSOLED,
                    null,
                    "Ssl",
                    boot,
                    "/usr/sbin/xenconsoled --pid-file /run/xenconsoled.pid"));
            put(start(HostProcess.Role.OTHER, null, "Ssl", boot, "/usr/sbin/xenopsd-xc"));
            put(start(HostProcess.Role.OTHER, null, "Ssl", boot, "/opt/xensource/bin/xapi -nowatchdog -onsystemboot"));
        }
    }

    /** All of them by pid. */
    public List<HostProcess> all() {
        return List.copyOf(byPid.values());
    }

    public Optional<HostProcess> find(HostProcess.Role role, Domain domain) {
        return byPid.values().stream()
                .filter(process -> process.role() == role && process.domain() == domain)
                .min(Comparator.comparingInt(HostProcess::pid));
    }

    boolean runs(HostProcess.Role role, Domain domain) {
        return find(role, domain).filter(p -> !p.stat().startsWith("Z")).isPresent();
    }

    void startXenstored(Dialect dialect, Instant now) {
        String program = dialect == Dialect.XL ? "/usr/lib/xen-4.17/bin/oxenstored" : "/usr/sbin/oxenstored";
        put(start(HostProcess.Role.XENSTORED, null, "S", now, program + " --pid-file /run/xenstore.pid"));
    }

    HostProcess start(HostProcess.Role role, @Nullable Domain domain, String stat, Instant now, String args) {
        String wchan = role == HostProcess.Role.HOLDER ? "do_sys_pause" : "do_sys_poll";
        nextPid += 9;
        HostProcess process = new HostProcess(nextPid, role, domain, stat, wchan, now, args);
        put(process);
        return process;
    }

    /** Ends the processes of a role that match. */
    void end(HostProcess.Role role, Predicate<HostProcess> which) {
        byPid.values().removeIf(process -> process.role() == role && which.test(process));
    }

    /** What only runs under Xen, the kernel's own threads for it included. */
    void endAllOfXen() {
        byPid.values()
                .removeIf(process -> process.role() != HostProcess.Role.OTHER
                        || process.args().startsWith("[xen")
                        || process.args().contains("xapi")
                        || process.args().contains("xenopsd"));
    }

    void stat(HostProcess.Role role, Predicate<HostProcess> which, String stat, String wchan) {
        byPid.replaceAll(
                (pid, process) -> process.role() == role && which.test(process) ? process.stat(stat, wchan) : process);
    }

    void age(Domain domain, Duration age) {
        byPid.replaceAll((pid, process) -> process.domain() == domain ? process.older(age) : process);
    }

    private void put(int pid, HostProcess.Role role, String stat, String wchan, Instant boot, String args) {
        put(new HostProcess(pid, role, null, stat, wchan, boot, args));
    }

    private void put(HostProcess process) {
        byPid.put(process.pid(), process);
    }
}
