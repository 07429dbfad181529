package io.paramedic.deploy.simulation;

import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import io.paramedic.deploy.simulation.model.Behaviour;
import io.paramedic.deploy.simulation.model.Dialect;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.GuestType;
import io.paramedic.deploy.simulation.model.HostFacts;
import io.paramedic.deploy.simulation.model.HostFaults;
import io.paramedic.deploy.simulation.model.HostModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Ready-made hosts with what can be wrong on them, and with what only looks wrong.
 *
 * @param hosts the names of the hosts, in the order to show them
 * @param truths what is true of each domain, for people and for tests
 */
public record DemoScenario(List<String> hosts, List<Truth> truths) {
    private static final Duration UP = Duration.ofDays(12);
    private static final Duration GUEST_UP = Duration.ofHours(30);

    /**
     * What is true of one domain.
     *
     * @param sick whether something is wrong with it
     * @param what in a few words
     */
    public record Truth(String host, int domid, String name, boolean sick, String what) {}

    public DemoScenario {
        hosts = List.copyOf(hosts);
        truths = List.copyOf(truths);
    }

    /** {@code xcp-1} (XCP-ng) and {@code xl-1} (plain Xen), each with several kinds of trouble beside healthy guests. */
    public static DemoScenario twoSickHosts(SimulatedHosts pool) throws IOException {
        SimulatedHost xcp = pool.add(HostFacts.xcpNg("xcp-1"), UP);
        SimulatedHost xl = pool.add(HostFacts.xl("xl-1").memory(16_383), UP);
        List<Truth> truths = new ArrayList<>();
        xcp.model().faults().cpuTime(0, Duration.ofMinutes(95));
        xl.model().faults().cpuTime(0, Duration.ofMinutes(61));
        xcpNg(new Stage(xcp.name(), xcp.model(), truths));
        plainXl(new Stage(xl.name(), xl.model(), truths));
        return new DemoScenario(List.of(xcp.name(), xl.name()), truths);
    }

    private static void xcpNg(Stage stage) {
        HostFaults faults = stage.model.faults();
        stage.well("mail", GuestType.HVM, Behaviour.IDLE, "idle: sleeping is no hang");
        stage.well("build-7", GuestType.HVM, Behaviour.BUSY, "busy: computing is no hang");
        stage.well("web-1", GuestType.PVH, Behaviour.HEARTBEAT, "healthy");
        int qemu = stage.sick("db-2", GuestType.HVM, "its device model (qemu) is dead");
        faults.deviceModelGone(qemu);
        int paused = stage.well("archive", GuestType.HVM, Behaviour.IDLE, "paused by an administrator");
        stage.model.locked(() -> stage.model.domain(paused).ifPresent(stage.model.lifecycle()::pause));
        faults.crashPreserved(stage.sick("ldap", GuestType.HVM, "crashed and kept for analysis"));
        faults.zombie(stage.sick("ci-4", GuestType.HVM, "zombie: destroyed, but a process holds its memory"));
        int grants = stage.well("storage", GuestType.HVM, Behaviour.HEARTBEAT, "runs; its grant table is nearly full");
        faults.grants(grants, 61, 64);
    }

    private static void plainXl(Stage stage) {
        HostFaults faults = stage.model.faults();
        stage.well("g-healthy", GuestType.PV, Behaviour.HEARTBEAT, "healthy");
        stage.well("g-idle", GuestType.PV, Behaviour.IDLE, "idle: sleeping is no hang");
        faults.behave(stage.sick("g-spin", GuestType.PV, "its kernel loops"), Behaviour.SPINNING);
        faults.behave(stage.sick("g-asleep", GuestType.PVH, "deadlocked asleep"), Behaviour.ASLEEP);
        faults.crashPreserved(stage.sick("g-panic", GuestType.PV, "crashed and preserved"));
        faults.stuckShutdown(stage.sick("g-shutdown", GuestType.PV, "powered off, and nobody reaps it"));
        faults.rebootNotReaped(stage.sick("g-rebooted", GuestType.PV, "asked for a reboot, and nobody acts"));
        faults.zombie(stage.sick("g-zombie", GuestType.PV, "zombie: destroyed, but a process holds its memory"));
        faults.halfDestroyed(stage.sick("g-half", GuestType.PV, "half-destroyed: a destroy of it was cut off"));
    }

    /** A pool of healthy hosts, of both dialects in turn, named {@code host-0001} and on. */
    public static List<SimulatedHost> healthyHosts(SimulatedHosts pool, int count, int domainsEach) throws IOException {
        List<SimulatedHost> hosts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String name = "host-%04d".formatted(i);
            Dialect dialect = i % 2 == 0 ? Dialect.XL : Dialect.XCP_NG;
            SimulatedHost host =
                    pool.add(dialect == Dialect.XL ? HostFacts.xl(name).memory(65_535) : HostFacts.xcpNg(name), UP);
            for (int domain = 1; domain <= domainsEach; domain++) {
                DomainSpec spec = DomainSpec.of(
                        "%s-vm-%02d".formatted(name, domain), domain % 3 == 0 ? GuestType.PVH : GuestType.HVM);
                host.model().faults().age(host.model().start(spec.size(2, 1024)), GUEST_UP);
            }
            hosts.add(host);
        }
        return hosts;
    }

    /** Where a host is furnished and the truth about it noted. */
    private record Stage(String host, HostModel model, List<Truth> truths) {
        private int well(String name, GuestType type, Behaviour behaviour, String what) {
            return domain(name, type, behaviour, false, what);
        }

        private int sick(String name, GuestType type, String what) {
            return domain(name, type, Behaviour.HEARTBEAT, true, what);
        }

        private int domain(String name, GuestType type, Behaviour behaviour, boolean sick, String what) {
            // The same names have the same uuids in every demonstration.
            UUID uuid = UUID.nameUUIDFromBytes((host + "/" + name).getBytes(StandardCharsets.UTF_8));
            DomainSpec spec = DomainSpec.of(name, type)
                    .uuid(uuid.toString())
                    .size(type == GuestType.HVM ? 2 : 1, 512)
                    .behaves(behaviour);
            int domid = model.start(spec);
            model.faults().age(domid, GUEST_UP.plusMinutes(13L * domid));
            model.faults().cpuTime(domid, Duration.ofSeconds(40 + 7L * domid));
            truths.add(new Truth(host, domid, name, sick, what));
            return domid;
        }
    }
}
