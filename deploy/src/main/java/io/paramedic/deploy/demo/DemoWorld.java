package io.paramedic.deploy.demo;

import io.paramedic.deploy.simulation.account.HostAccount;
import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import io.paramedic.deploy.simulation.model.Behaviour;
import io.paramedic.deploy.simulation.model.Dialect;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostFacts;
import io.paramedic.deploy.simulation.model.HostFaults;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.HostProcess;
import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.inventory.Probe;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The simulated hosts of a story, as they are before anything happens, and what then happens to them. */
final class DemoWorld implements Closeable {
    private static final Duration HOST_UP = Duration.ofDays(12);
    private static final Duration GUEST_UP = Duration.ofHours(30);
    private static final Duration BOOT = Duration.ofSeconds(4);
    /** Longer than any guest of the story takes otherwise. */
    private static final Duration SLOW_BOOT = Duration.ofSeconds(15);

    private static final String HEARTBEAT = "data/heartbeat";

    private final Story story;
    private final SimulatedHosts hosts;
    private final Map<UUID, Integer> domids = new HashMap<>();

    private DemoWorld(Story story, SimulatedHosts hosts) {
        this.story = story;
        this.hosts = hosts;
    }

    /**
     * Starts the hosts of a story on 127.0.0.1.
     *
     * @param factor by which a toolstack's minute of waiting for a guest is shorter
     */
    static DemoWorld start(Story story, double factor) throws IOException {
        SimulatedHosts hosts = SimulatedHosts.open();
        try {
            DemoWorld world = new DemoWorld(story, hosts);
            for (Story.Host host : story.hosts()) {
                world.furnish(host, factor);
            }
            world.introducePoolMembers();
            return world;
        } catch (IOException | RuntimeException e) {
            hosts.close();
            throw e;
        }
    }

    private void furnish(Story.Host host, double factor) throws IOException {
        HostModel model = hosts.add(facts(host), HOST_UP).model();
        Duration minute = model.acknowledgement();
        model.acknowledgement(Duration.ofMillis(Math.round(minute.toMillis() / factor)));
        model.faults().cpuTime(0, Duration.ofMinutes(80));
        for (Story.Guest guest : guests(host)) {
            if (guest.trap() != Trap.BOOTING) {
                domids.put(guest.vm(), startLongAgo(model, guest));
            }
        }
    }

    private static HostFacts facts(Story.Host host) {
        return switch (host.dialect()) {
            case XCP_NG -> HostFacts.xcpNg(host.name());
            case XL -> HostFacts.xl(host.name()).memory(16_383);
        };
    }

    private static int startLongAgo(HostModel model, Story.Guest guest) {
        Behaviour behaviour = behaviour(guest);
        int domid = model.start(spec(guest).behaves(behaviour).boots(BOOT));
        model.faults().behave(domid, behaviour);
        model.faults().age(domid, GUEST_UP.plusMinutes(13L * domid));
        model.faults().cpuTime(domid, Duration.ofSeconds(400 + 7L * domid));
        return domid;
    }

    private static DomainSpec spec(Story.Guest guest) {
        return DomainSpec.of(guest.name(), guest.type())
                .uuid(guest.vm().toString())
                .size(2, 1024);
    }

    private static Behaviour behaviour(Story.Guest guest) {
        return switch (guest.trap()) {
            case IDLE -> Behaviour.IDLE;
            case BUSY -> Behaviour.BUSY;
            case PAUSED, MIGRATING, BOOTING -> Behaviour.HEARTBEAT;
            case null -> Behaviour.HEARTBEAT;
        };
    }

    private void introducePoolMembers() {
        List<Story.Host> members = story.hosts().stream()
                .filter(host -> host.dialect() == Dialect.XCP_NG)
                .toList();
        for (Story.Host host : members) {
            HostModel model = model(host.name());
            members.stream()
                    .filter(other -> other != host)
                    .forEach(other ->
                            model.faults().poolMember(model(other.name()).facts()));
        }
    }

    private List<Story.Guest> guests(Story.Host host) {
        return story.guests().stream()
                .filter(guest -> guest.host().equals(host.name()))
                .toList();
    }

    private HostModel model(String host) {
        return hosts.host(host).model();
    }

    /** What the inventory says of them. */
    List<HostRecord> inventory() throws IOException {
        List<HostRecord> records = new ArrayList<>();
        for (Story.Host host : story.hosts()) {
            SimulatedHost simulated = hosts.host(host.name());
            Access access = new Access.Ssh(
                    "127.0.0.1",
                    simulated.port(),
                    "root",
                    false,
                    List.of(hosts.hostKey()),
                    hosts.clientKey().toString(),
                    null,
                    false);
            records.add(new HostRecord(host.name(), host.pool(), access, Map.of(), probes(host, simulated)));
        }
        return records;
    }

    private List<Probe> probes(Story.Host host, SimulatedHost simulated) throws IOException {
        List<Probe> probes = new ArrayList<>();
        for (Story.Guest guest : guests(host)) {
            if (guest.trap() != Trap.IDLE) {
                String vm = guest.vm().toString();
                probes.add(new Probe.Http(vm, "127.0.0.1", simulated.guestPort(guest.vm()), "/", false));
                probes.add(new Probe.Heartbeat(vm, HEARTBEAT));
            }
        }
        return probes;
    }

    /** Lets the fault of a guest befall it. */
    Injected inject(Story.Guest guest, Fault fault) {
        HostModel model = model(guest.host());
        int domid = domid(guest);
        HostFaults faults = model.faults();
        switch (fault) {
            case SPINS -> faults.behave(domid, Behaviour.SPINNING);
            case ASLEEP -> faults.behave(domid, Behaviour.ASLEEP);
            case DEVICE_MODEL_DEAD -> faults.deviceModelGone(domid);
            case CRASHED -> faults.crashPreserved(domid);
            case STUCK_SHUTDOWN -> faults.rebootNotReaped(domid);
            case ZOMBIE -> {
                faults.hold(domid, "qrexec-daemon {domid} " + guest.name() + " user");
                faults.zombie(domid);
            }
        }
        return new Injected(
                fault,
                pool(guest),
                guest.host(),
                guest.vm(),
                guest.name(),
                domid,
                model.locked(model::now),
                holder(model, domid));
    }

    private static Injected.Holder holder(HostModel model, int domid) {
        return model.locked(() -> model.processes().all().stream()
                .filter(process -> process.role() == HostProcess.Role.HOLDER
                        && process.domain() != null
                        && process.domain().domid() == domid)
                .findFirst()
                .map(process -> new Injected.Holder(
                        process.pid(), process.commandLine(model.facts().dialect())))
                .orElse(null));
    }

    /** Lets happen to a guest what only looks wrong. */
    void spring(Story.Guest guest, Trap trap) {
        HostFaults faults = model(guest.host()).faults();
        switch (trap) {
            case IDLE -> {
                // It has been idle all the time.
            }
            case BUSY -> faults.stopAgent(domid(guest), true);
            case PAUSED -> faults.paused(domid(guest));
            case MIGRATING -> faults.migratesAway(domid(guest), "elsewhere");
            case BOOTING ->
                domids.put(guest.vm(), model(guest.host()).start(spec(guest).boots(SLOW_BOOT)));
        }
    }

    private int domid(Story.Guest guest) {
        Integer domid = domids.get(guest.vm());
        if (domid == null) {
            throw new IllegalStateException(guest.name() + " was not started yet");
        }
        return domid;
    }

    private String pool(Story.Guest guest) {
        return story.hosts().stream()
                .filter(host -> host.name().equals(guest.host()))
                .findFirst()
                .orElseThrow()
                .pool();
    }

    /** What each host itself knows now. */
    List<HostAccount> accounts() {
        return hosts.hosts().stream().map(HostAccount::of).toList();
    }

    /** A configuration with which {@code doctor -F} reaches these hosts. */
    SimulatedHosts hosts() {
        return hosts;
    }

    @Override
    public void close() throws IOException {
        hosts.close();
    }
}
