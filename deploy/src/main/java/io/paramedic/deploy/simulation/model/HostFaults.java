package io.paramedic.deploy.simulation.model;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What can go wrong on a host, and what a test may change. Each method takes the lock itself and takes effect at once.
 * Those that name a domain throw {@link IllegalArgumentException} if there is none of that id.
 */
public final class HostFaults {
    private final HostModel host;

    HostFaults(HostModel host) {
        this.host = host;
    }

    /** Another behaviour: {@link Behaviour#SPINNING}, {@link Behaviour#ASLEEP}, or a recovery. */
    public void behave(int domid, Behaviour behaviour) {
        with(domid, domain -> host.lifecycle().behave(domain, behaviour));
    }

    /** Its device model has died without a trace in the process table; the guest freezes at its next emulated I/O. */
    public void deviceModelGone(int domid) {
        with(domid, domain -> {
            host.processes().end(HostProcess.Role.DEVICE_MODEL, p -> p.domain() == domain);
            deviceModelLost(domain);
        });
    }

    /** Like {@link #deviceModelGone}, but nobody has waited for the dead process. */
    public void deviceModelZombie(int domid) {
        with(domid, domain -> {
            host.processes().stat(HostProcess.Role.DEVICE_MODEL, p -> p.domain() == domain, "Zl", "do_exit");
            deviceModelLost(domain);
        });
    }

    private void deviceModelLost(Domain domain) {
        if (host.facts().dialect() == Dialect.XCP_NG) {
            host.xenstore().write(XenstoreNodes.domain(domain.domid) + "/qemu-pid-signal", "signal:9");
        }
        host.lifecycle().behave(domain, Behaviour.STUCK_IN_XEN);
    }

    /** It has crashed and is kept, whatever its configuration says. */
    public void crashPreserved(int domid) {
        with(domid, domain -> {
            DomainSpec spec = domain.spec;
            domain.spec = spec.after(spec.onPoweroff(), spec.onReboot(), DomainSpec.After.PRESERVE);
            host.lifecycle().shutDown(domain, 3);
        });
    }

    /** It has powered off, and the process that should reap it is gone: {@code ---s--}. */
    public void stuckShutdown(int domid) {
        endedWithoutReaper(domid, 0);
    }

    /** It has asked for a reboot, and nobody acts: {@code ---sr-}. */
    public void rebootNotReaped(int domid) {
        endedWithoutReaper(domid, 1);
    }

    /**
     * The guest reboots itself, and its toolstack, alive and at work, takes so long to act: {@code ---sr-} until then, and
     * after that a new domain (toolstack facts §8 no. 32).
     */
    public void reboots(int domid, Duration takes) {
        with(domid, domain -> host.lifecycle().shutDown(domain, 1, takes));
    }

    /** Like {@link #reboots}, with a power-off: {@code ---s--}, then what its configuration says (toolstack facts §5.2). */
    public void powersOff(int domid, Duration takes) {
        with(domid, domain -> host.lifecycle().shutDown(domain, 0, takes));
    }

    /**
     * When it is destroyed, its backends let go of its last pages only after so long: an ordinary end that looks like a
     * zombie meanwhile (toolstack facts §5.1).
     */
    public void lingersWhenDestroyed(int domid, Duration backends) {
        with(domid, domain -> domain.lingers = backends);
    }

    /** It was created from this file, which need not be named after it; its {@code xl create} shows it, also after a reboot. */
    public void configFile(int domid, String path) {
        with(domid, domain -> {
            host.configFile(domain.spec, path);
            domain.configPath = path;
        });
    }

    /**
     * Its heartbeat comes once in so long instead of every second.
     *
     * @throws IllegalArgumentException also if the period is not above zero
     */
    public void heartbeatEvery(int domid, Duration period) {
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("a heartbeat needs a period above zero, not " + period);
        }
        with(domid, domain -> domain.heartbeatPeriod = period);
    }

    /** The agent that writes its heartbeat is stopped or started; the guest is well in either case (toolstack facts §5.3). */
    public void stopAgent(int domid, boolean stopped) {
        with(domid, domain -> {
            domain.agentStopped = stopped;
            domain.lastHeartbeat = host.now();
        });
    }

    private void endedWithoutReaper(int domid, int code) {
        with(domid, domain -> {
            killReaper(domain);
            host.lifecycle().shutDown(domain, code);
        });
    }

    private void killReaper(Domain domain) {
        DomainSpec spec = domain.spec;
        host.processes().end(HostProcess.Role.CREATE_DAEMON, p -> p.domain() == domain);
        if (host.facts().dialect() == Dialect.XCP_NG) {
            domain.spec = spec.after(DomainSpec.After.PRESERVE, DomainSpec.After.PRESERVE, DomainSpec.After.PRESERVE);
        }
    }

    /** A process of the control domain maps one of its pages, so that a destroy leaves a zombie. */
    public void hold(int domid, String commandLine) {
        with(domid, domain -> hold(domain, commandLine));
    }

    /** Destroyed, and held by {@code hold DOMID grant 1}: {@code --p--d}, no memory, no name (lab facts 1). */
    public void zombie(int domid) {
        with(domid, domain -> {
            if (!domain.held) {
                hold(domain, "hold {domid} grant 1");
            }
            host.lifecycle().beginDestroy(domain);
            overwriteHandle(domain);
            host.lifecycle().finishDestroy(domain);
        });
    }

    /** xenopsd does that before anything else; xl never does. */
    private void overwriteHandle(Domain domain) {
        if (host.facts().dialect() == Dialect.XCP_NG) {
            domain.handle = Lifecycle.deadBeef(domain.domid);
        }
    }

    private void hold(Domain domain, String commandLine) {
        domain.held = true;
        host.processes().start(HostProcess.Role.HOLDER, domain, "Ss", host.now(), commandLine);
    }

    /** The holder ends; a zombie is gone with it. */
    public void releaseHolder(int domid) {
        with(domid, domain -> {
            host.processes().end(HostProcess.Role.HOLDER, p -> p.domain() == domain);
            domain.held = false;
            if (domain.dead) {
                host.lifecycle().releaseLast(domain);
            }
        });
    }

    /** A destroy of it was cut off: no name, paused, memory kept, not dying (lab facts 3). */
    public void halfDestroyed(int domid) {
        with(domid, domain -> {
            host.lifecycle().beginDestroy(domain);
            overwriteHandle(domain);
            host.processes().end(HostProcess.Role.CREATE_DAEMON, p -> p.domain() == domain);
        });
    }

    /** SIGSTOP or SIGCONT for xenstored. */
    public void stopXenstored(boolean stopped) {
        host.locked(() -> {
            host.xenstored(stopped ? XenstoredState.STOPPED : XenstoredState.RUNNING);
            host.processes()
                    .stat(
                            HostProcess.Role.XENSTORED,
                            p -> true,
                            stopped ? "T" : "S",
                            stopped ? "do_signal_stop" : "do_sys_poll");
        });
    }

    public void killXenstored() {
        host.locked(() -> {
            host.xenstored(XenstoredState.KILLED);
            host.processes().end(HostProcess.Role.XENSTORED, p -> true);
        });
    }

    /** xenstored runs again, knowing nothing: every running guest is now {@code (null)} (lab facts 2). */
    public void restartXenstored() {
        host.locked(() -> {
            host.processes().end(HostProcess.Role.XENSTORED, p -> true);
            host.processes().startXenstored(host.facts().dialect(), host.now());
            host.xenstore().clear();
            host.domains().forEach(domain -> domain.introduced = domain.domid == 0);
            new XenstoreNodes(host.xenstore(), host.facts()).controlDomain();
            host.xenstored(XenstoredState.RUNNING);
        });
    }

    /**
     * The next {@code xenstore-ls} that comes to this directory finds it gone: it has printed what came before, exits 1 and
     * says so; the one after it succeeds.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public void vanishesWhileListed(String path) {
        withNode(path, () -> host.xenstore().goesWhileListed(path));
    }

    /**
     * Gone as soon as the next {@code xenstore-ls} has ended, so that a {@code xenstore-read} of what it listed fails.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public void vanishesOnceListed(String path) {
        withNode(path, () -> host.xenstore().goesOnceListed(path));
    }

    /**
     * A directory too big for xenstored to list, and so no tree above it can be; other nodes are listed and read as ever.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public void unlistable(String path, boolean now) {
        withNode(path, () -> host.xenstore().unlistable(path, now));
    }

    private void withNode(String path, Runnable change) {
        host.locked(() -> {
            if (host.xenstore().read(path) == null) {
                throw new IllegalArgumentException("no node %s in the xenstore of %s"
                        .formatted(path, host.facts().hostname()));
            }
            change.run();
        });
    }

    /**
     * It has come up again on a kernel without Xen: no guests, no xenstored, no xapi, and every tool says that it cannot
     * reach the hypervisor.
     */
    public void bootWithoutXen() {
        host.powerCycle();
        host.locked(host::withoutXen);
    }

    /** The management agent goes away or comes back; domains are not touched (toolstack facts §8 no. 26). */
    public void stopXapi(boolean stopped) {
        host.locked(() -> host.xapi().answering(!stopped));
    }

    /** An operation on this VM began and its client died; the task stays pending, and perhaps cannot be cancelled. */
    public void stuckTask(int domid, String operation, boolean cancellable) {
        with(domid, domain -> {
            host.xapi().begin(recordOf(domain), operation, "Async.VM." + operation, cancellable, host.now());
        });
    }

    /**
     * The database says that the VM of this domain runs on another host under another id, while it runs here: split brain
     * (toolstack facts §8 no. 21). {@code xe host-list} shows that host too.
     *
     * @throws IllegalArgumentException also if the VM has no record that names this domain
     */
    public void residentElsewhere(int domid, UUID hostUuid, int domidThere) {
        with(domid, domain -> {
            XapiVm vm = recordOf(domain);
            host.xapi().otherHost(hostUuid);
            vm.resident = false;
            vm.elsewhere = hostUuid;
            vm.domid = domidThere;
        });
    }

    /**
     * The database says halted while the domain runs on: an orphan (toolstack facts §8 no. 22).
     *
     * @throws IllegalArgumentException also if the VM has no record that names this domain
     */
    public void recordHalted(int domid) {
        with(domid, domain -> recordOf(domain).halts());
    }

    /**
     * The database says that this VM runs here as domain {@code domid}, and there is no domain (toolstack facts §8 no. 23).
     *
     * @throws IllegalArgumentException if there is a domain of that id
     */
    public void staleRecord(DomainSpec spec, int domid) {
        host.locked(() -> {
            if (host.domain(domid).isPresent()) {
                throw new IllegalArgumentException("domain %d is there; its record is not stale".formatted(domid));
            }
            XapiVm vm = host.xapi().register(spec);
            vm.power = XapiVm.Power.RUNNING;
            vm.domid = domid;
            vm.resident = true;
            vm.started = host.now();
        });
    }

    private XapiVm recordOf(Domain domain) {
        XapiVm vm = host.xapi().of(domain);
        if (vm == null) {
            throw new IllegalArgumentException("domain %d has no record in xapi".formatted(domain.domid));
        }
        return vm;
    }

    /** The owner forbids an operation, such as {@code hard_shutdown}. */
    public void block(int domid, String operation, String reason) {
        with(domid, domain -> {
            XapiVm vm = host.xapi().of(domain);
            if (vm != null) {
                vm.blocked.put(operation, reason);
            }
        });
    }

    public void grants(int domid, int frames, int maxFrames) {
        with(domid, domain -> {
            domain.grantFrames = frames;
            domain.maxGrantFrames = maxFrames;
        });
    }

    /** It has been running for that much longer, and beating if it has a heartbeat. */
    public void age(int domid, Duration age) {
        with(domid, domain -> {
            domain.created = domain.created.minus(age);
            host.processes().age(domain, age);
            new XenstoreNodes(host.xenstore(), host.facts()).startTime(domain);
            if (domain.beats()) {
                domain.lastHeartbeat = domain.lastHeartbeat.minus(age);
                host.lifecycle().beat(domain);
            }
            XapiVm vm = host.xapi().of(domain);
            if (vm != null) {
                vm.started = domain.created;
            }
        });
    }

    /** CPU time used so far, the same for each virtual CPU. */
    public void cpuTime(int domid, Duration perVcpu) {
        with(domid, domain -> domain.setCpuNanos(perVcpu.toNanos()));
    }

    /** CPU time used so far by one virtual CPU. */
    public void cpuTime(int domid, int vcpu, Duration used) {
        with(domid, domain -> domain.setVcpuNanos(vcpu, used.toNanos()));
    }

    /** What the next samples show of its virtual CPUs, instead of what its behaviour would show. */
    public void pin(int domid, RunState state) {
        with(domid, domain -> domain.pinned = state);
    }

    /** Its administrator has paused it, on purpose (toolstack facts §8 no. 11). */
    public void paused(int domid) {
        with(domid, host.lifecycle()::pause);
    }

    /**
     * It migrates to another host and has come to the point where it is suspended here: {@code ---ss-} under the name of the
     * half that goes on plain Xen, a handle that ends in zeros and {@code pool_migrate} under XAPI (toolstack facts §5.5).
     */
    public void migratesAway(int domid, String to) {
        with(domid, domain -> {
            switch (host.facts().dialect()) {
                case XL -> {
                    String name = domain.configuredName();
                    host.processes()
                            .start(
                                    HostProcess.Role.OTHER,
                                    null,
                                    "S",
                                    host.now(),
                                    "/usr/lib/xen-4.17/bin/xl migrate " + name + " " + to);
                    host.xenstore().write(XenstoreNodes.domain(domid) + "/name", name + "--migratedaway");
                }
                case XCP_NG -> {
                    host.xapi().begin(recordOf(domain), "pool_migrate", "Async.VM.pool_migrate", true, host.now());
                    domain.handle =
                            UUID.fromString(domain.spec.uuid().toString().substring(0, 24) + "000000000000");
                }
            }
            // The toolstack that migrates it is the one that suspended it, and so does not act on it.
            domain.account(host.now());
            domain.shutdownCode = 2;
            host.xenstore().announce(Xenstore.RELEASED);
        });
    }

    /** Another host of the same XAPI pool, which {@code xe host-list} then shows. */
    public void poolMember(HostFacts member) {
        host.locked(() -> host.xapi().otherHost(member.hostUuid(), member.hostname()));
    }

    /** Another name everywhere: configuration, xenstore, processes, xapi. */
    public void rename(int domid, String name) {
        with(domid, domain -> reidentify(domain, domain.spec.renamed(name, domain.spec.uuid()), domain.domid));
    }

    /** Another uuid everywhere. */
    public void changeUuid(int domid, UUID uuid) {
        with(domid, domain -> {
            reidentify(domain, domain.spec.renamed(domain.spec.name(), uuid), domain.domid);
            domain.handle = uuid;
        });
    }

    /** Another domain id everywhere. */
    public void changeDomid(int domid, int newDomid) {
        with(domid, domain -> {
            host.took(newDomid);
            reidentify(domain, domain.spec, newDomid);
        });
    }

    private void reidentify(Domain domain, DomainSpec spec, int newDomid) {
        XenstoreNodes nodes = new XenstoreNodes(host.xenstore(), host.facts());
        XapiVm vm = host.xapi().of(domain);
        if (domain.introduced) {
            nodes.forget(domain);
        }
        host.table().remove(domain.domid);
        host.moveConfig(domain, spec);
        domain.spec = spec;
        if (!domain.handle.toString().startsWith("deadbeef")) {
            domain.handle = spec.uuid();
        }
        domain.domid = newDomid;
        host.table().put(newDomid, domain);
        if (domain.introduced) {
            nodes.introduce(domain, host.processes().find(HostProcess.Role.DEVICE_MODEL, domain));
        }
        if (vm != null) {
            vm.spec = spec;
            vm.name = spec.name();
            vm.uuid = spec.uuid();
            vm.domid = newDomid;
        }
    }

    private void with(int domid, Consumer<Domain> change) {
        host.locked(() -> change.accept(host.domain(domid)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no domain %d on %s".formatted(domid, host.facts().hostname())))));
    }
}
