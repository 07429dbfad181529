package io.paramedic.deploy.simulation.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How domains of one host begin, are asked, end and are reaped. All methods want the lock of the host to be held, as tools
 * do while they run.
 */
public final class Lifecycle {
    /** How long a guest takes to empty a control node, to stop after that, and a toolstack to act on its end. */
    private static final Duration ACKNOWLEDGE = Duration.ofMillis(100);

    private static final Duration STOP = Duration.ofSeconds(1);
    private static final Duration REACT = Duration.ofMillis(300);
    /** xl sleeps this long between the two halves of a reboot. */
    private static final Duration REBOOT_GAP = Duration.ofSeconds(2);

    private final HostModel host;

    Lifecycle(HostModel host) {
        this.host = host;
    }

    private XenstoreNodes nodes() {
        return new XenstoreNodes(host.xenstore(), host.facts());
    }

    Domain create(DomainSpec spec, int domid) {
        Domain domain = new Domain(domid, spec, host.now());
        domain.pauseCount = spec.paused() ? 1 : 0;
        domain.configPath = host.configFile(spec);
        host.table().put(domid, domain);
        host.configs().put(domain.configPath, spec);
        startProcesses(domain);
        domain.introduced = true;
        nodes().introduce(domain, host.processes().find(HostProcess.Role.DEVICE_MODEL, domain));
        host.xenstore().announce(Xenstore.INTRODUCED);
        if (host.facts().dialect() == Dialect.XCP_NG) {
            host.xapi().register(spec).runs(domain);
        }
        host.book().begins(domain, host.bootId());
        if (!spec.bootTime().isZero()) {
            host.after(spec.bootTime(), () -> {
                if (domain.behaviour == Behaviour.BOOTING) {
                    behave(domain, spec.behaviour());
                }
            });
        }
        return domain;
    }

    private void startProcesses(Domain domain) {
        if (domain.type() == GuestType.HVM) {
            host.processes().start(HostProcess.Role.DEVICE_MODEL, domain, "Sl", host.now(), "");
        }
        if (host.facts().dialect() == Dialect.XL) {
            host.processes().start(HostProcess.Role.CREATE_DAEMON, domain, "Ssl", host.now(), "");
        }
    }

    /** Builds a domain from its configuration, as {@code xl create} and {@code xe vm-start} do; the id is new. */
    public Domain create(DomainSpec spec) {
        return create(spec, host.allocateDomid());
    }

    /** Uses up an id, as a creation that fails does. */
    public int wasteDomid() {
        return host.allocateDomid();
    }

    void behave(Domain domain, Behaviour behaviour) {
        domain.account(host.now());
        domain.behaviour = behaviour;
        domain.lastHeartbeat = host.now();
        host.book().look(domain, host.now());
        guestLooks(domain);
    }

    void beat(Domain domain) {
        if (!domain.beats()) {
            domain.lastHeartbeat = host.now();
            return;
        }
        long beats = Duration.between(domain.lastHeartbeat, host.now()).dividedBy(domain.heartbeatPeriod);
        if (beats > 0 && host.xenstored() == XenstoredState.RUNNING) {
            domain.heartbeats += beats;
            domain.lastHeartbeat = domain.lastHeartbeat.plus(domain.heartbeatPeriod.multipliedBy(beats));
            host.xenstore()
                    .write(XenstoreNodes.domain(domain.domid) + "/data/heartbeat", Long.toString(domain.heartbeats));
        }
    }

    /** The name that tools print: what xenstore holds, nothing if the node is gone. */
    public @Nullable String name(Domain domain) {
        return host.xenstore().read(XenstoreNodes.domain(domain.domid) + "/name");
    }

    public Optional<Domain> byName(String name) {
        return host.domains().stream().filter(d -> name.equals(name(d))).findFirst();
    }

    public void pause(Domain domain) {
        domain.account(host.now());
        domain.pauseCount++;
        followInXapi(domain);
    }

    /** Takes one pause back; each needs its own (lab facts 10). */
    public void unpause(Domain domain) {
        domain.account(host.now());
        domain.pauseCount = Math.max(0, domain.pauseCount - 1);
        domain.lastHeartbeat = host.now();
        host.book().look(domain, host.now());
        followInXapi(domain);
        guestLooks(domain);
    }

    private void followInXapi(Domain domain) {
        XapiVm vm = host.xapi().of(domain);
        if (vm != null) {
            vm.power = domain.paused() ? XapiVm.Power.PAUSED : XapiVm.Power.RUNNING;
        }
    }

    /** Writes a node as a toolstack does; a guest that serves its control nodes sees it. */
    public void write(String path, String value) {
        host.xenstore().write(path, value);
        host.domains().forEach(this::guestLooks);
    }

    private void guestLooks(Domain domain) {
        if (!domain.serves() || domain.domid == 0) {
            return;
        }
        String control = XenstoreNodes.domain(domain.domid) + "/control/";
        for (String node : List.of("sysrq", "shutdown")) {
            String asked = host.xenstore().read(control + node);
            if (asked != null && !asked.isEmpty()) {
                host.after(ACKNOWLEDGE, () -> acknowledge(domain, control + node, asked));
            }
        }
    }

    private void acknowledge(Domain domain, String node, String asked) {
        if (!domain.serves() || !asked.equals(host.xenstore().read(node))) {
            return;
        }
        host.xenstore().write(node, "");
        if (node.endsWith("shutdown") && domain.behaviour.stops()) {
            host.after(STOP, () -> shutDown(domain, asked.equals("reboot") ? 1 : asked.equals("suspend") ? 2 : 0));
        }
    }

    /** The guest sees its power button pressed. */
    public void powerButton(Domain domain) {
        if (domain.live() && domain.behaviour.acknowledges() && domain.behaviour.stops()) {
            host.after(STOP, () -> shutDown(domain, 0));
        }
    }

    /** The domain ends by itself, with a reason of toolstack facts §2.3; its toolstack then acts. */
    public void shutDown(Domain domain, int code) {
        shutDown(domain, code, REACT);
    }

    /** Like {@link #shutDown(Domain, int)}, with a toolstack that takes so long to act. */
    void shutDown(Domain domain, int code, Duration reaction) {
        if (domain.shutDown() || domain.dead || host.table().get(domain.domid) != domain) {
            return;
        }
        domain.account(host.now());
        domain.shutdownCode = code;
        host.xenstore().announce(Xenstore.RELEASED);
        host.after(reaction, () -> toolstackReacts(domain));
    }

    private void toolstackReacts(Domain domain) {
        if (domain.dead || host.table().get(domain.domid) != domain || !watched(domain)) {
            return;
        }
        DomainSpec.After after = switch (domain.shutdownCode) {
            case 0 -> domain.spec().onPoweroff();
            case 1, 4 -> domain.spec().onReboot();
            case 3 -> domain.spec().onCrash();
            default -> DomainSpec.After.PRESERVE;
        };
        switch (after) {
            case DESTROY -> destroy(domain);
            case RESTART -> restart(domain);
            case PRESERVE -> preserve(domain);
        }
    }

    private boolean watched(Domain domain) {
        return switch (host.facts().dialect()) {
            case XL -> domain.introduced && host.processes().runs(HostProcess.Role.CREATE_DAEMON, domain);
            case XCP_NG -> true;
        };
    }

    /**
     * xenopsd pauses what it keeps after a crash; xl only keeps it, and its background process ends, as on a real host
     * (toolstack facts §5.2, §8 nos. 8 and 9).
     */
    private void preserve(Domain domain) {
        switch (host.facts().dialect()) {
            case XCP_NG -> {
                if (domain.shutdownCode == 3) {
                    pause(domain);
                }
            }
            case XL -> host.processes().end(HostProcess.Role.CREATE_DAEMON, p -> p.domain() == domain);
        }
    }

    /** Destroys a domain and builds it anew under another id. */
    public void restart(Domain domain) {
        domain.rebooting = true;
        destroy(domain);
        host.after(REBOOT_GAP, () -> create(domain.spec()).heartbeatPeriod = domain.heartbeatPeriod);
    }

    /** The first half of a destroy: paused, its device model killed, its nodes gone, its memory still there. */
    public void beginDestroy(Domain domain) {
        domain.account(host.now());
        domain.pauseCount = Math.max(1, domain.pauseCount);
        domain.beingDestroyed = true;
        domain.introduced = false;
        host.processes().end(HostProcess.Role.DEVICE_MODEL, p -> p.domain() == domain);
        if (host.xenstored() == XenstoredState.RUNNING) {
            nodes().forget(domain);
        }
    }

    /** The second half: gone, or a zombie if something still holds a page of it. */
    public void finishDestroy(Domain domain) {
        if (domain.dead || host.table().get(domain.domid) != domain) {
            return;
        }
        host.processes().end(HostProcess.Role.CREATE_DAEMON, p -> p.domain() == domain);
        XapiVm vm = host.xapi().of(domain);
        if (vm != null && !domain.rebooting) {
            vm.halts();
        }
        if (domain.held || !domain.lingers.isZero()) {
            domain.dead = true;
            domain.memoryMiB = 0;
            host.xenstore().announce(Xenstore.RELEASED);
            host.after(domain.lingers, () -> releaseLast(domain));
        } else {
            releaseLast(domain);
        }
    }

    /** The last reference goes, and with it the row, unless a process still holds a page (toolstack facts §5.1). */
    void releaseLast(Domain domain) {
        if (!domain.held && host.table().get(domain.domid) == domain) {
            host.table().remove(domain.domid);
            host.xenstore().announce(Xenstore.RELEASED);
        }
    }

    private void destroy(Domain domain) {
        beginDestroy(domain);
        if (host.facts().dialect() == Dialect.XCP_NG) {
            domain.handle = deadBeef(domain.domid);
        }
        finishDestroy(domain);
    }

    /** Destroys as xenopsd does: the handle is overwritten first (toolstack facts §1.3). */
    public void destroyByXenopsd(Domain domain) {
        destroy(domain);
    }

    static UUID deadBeef(int domid) {
        return UUID.fromString("deadbeef-dead-beef-dead-beef0000%04x".formatted(domid));
    }
}
