package io.paramedic.deploy.demo;

import io.paramedic.deploy.simulation.model.Dialect;
import io.paramedic.deploy.simulation.model.GuestType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts and guests there are, and what befalls whom, when. The same seed tells the same story.
 *
 * @param hosts in the order to show them
 * @param guests in the order of the hosts
 */
public record Story(long seed, List<Host> hosts, List<Guest> guests) {
    /** An XCP-ng pool of three hosts with ten VMs each, and two plain Xen hosts with six. */
    public static final String XCP_POOL = "xcp";

    public static final String XL_POOL = "plain";

    /** Long enough for the heartbeats and probes to have been seen at work first. */
    private static final Duration FIRST = Duration.ofSeconds(6);

    private static final List<String> XCP_NAMES = List.of(
            "mail", "web-1", "web-2", "web-3", "shop", "shop-db", "crm", "crm-db", "wiki", "chat", "ldap-1", "ldap-2",
            "dns-1", "dns-2", "git", "build-1", "build-2", "ci", "files", "print", "backup", "metrics", "logs", "vpn",
            "proxy", "erp", "erp-db", "search", "queue", "cache");
    private static final List<String> XL_NAMES = List.of(
            "router",
            "firewall",
            "camera",
            "phone",
            "label",
            "scale",
            "till-1",
            "till-2",
            "door",
            "clock",
            "kiosk",
            "radio");

    /** @param name also its host name */
    public record Host(String name, String pool, Dialect dialect) {}

    /**
     * One guest.
     *
     * @param vm its uuid, which depends on host and name alone
     * @param fault what goes wrong with it
     * @param trap what only looks wrong with it
     * @param at when that happens, after the ring has seen all hosts
     */
    public record Guest(
            String host,
            String name,
            UUID vm,
            GuestType type,
            @Nullable Fault fault,
            @Nullable Trap trap,
            Duration at) {}

    public Story {
        hosts = List.copyOf(hosts);
        guests = List.copyOf(guests);
    }

    /** The guests that something is wrong with. */
    public List<Guest> sick() {
        return guests.stream().filter(guest -> guest.fault() != null).toList();
    }

    /** Tells the story of a seed. */
    public static Story of(long seed) {
        return new Teller(seed).tell();
    }

    /** Draws the lots. */
    private static final class Teller {
        private final long seed;
        private final Random lots;
        private final List<Host> xcp = hosts("xcp-", 3, XCP_POOL, Dialect.XCP_NG);
        private final List<Host> xl = hosts("xl-", 2, XL_POOL, Dialect.XL);
        private final Map<Host, List<String>> names = new HashMap<>();
        private final Map<String, Guest> chosen = new HashMap<>();

        private Teller(long seed) {
            this.seed = seed;
            this.lots = new Random(seed);
        }

        private Story tell() {
            deal(xcp, XCP_NAMES);
            deal(xl, XL_NAMES);
            faults();
            traps();
            List<Host> hosts = new ArrayList<>(xcp);
            hosts.addAll(xl);
            List<Guest> guests = new ArrayList<>();
            for (Host host : hosts) {
                List<String> here = names.getOrDefault(host, List.of());
                IntStream.range(0, here.size())
                        .mapToObj(i -> guest(host, here.get(i), i))
                        .forEach(guests::add);
            }
            return new Story(seed, hosts, guests);
        }

        private static List<Host> hosts(String prefix, int count, String pool, Dialect dialect) {
            return IntStream.rangeClosed(1, count)
                    .mapToObj(i -> new Host(prefix + i, pool, dialect))
                    .toList();
        }

        private void deal(List<Host> hosts, List<String> all) {
            List<String> shuffled = shuffled(all);
            int each = all.size() / hosts.size();
            for (int i = 0; i < hosts.size(); i++) {
                names.put(hosts.get(i), shuffled.subList(i * each, (i + 1) * each));
            }
        }

        /**
         * Never three on one host, which would be a common cause and no six stories. One hang is in each pool, because the
         * two toolstacks are climbed differently; only plain Xen leaves a guest lying that has shut down (toolstack facts
         * §2.3, §5.2), only an HVM guest has a device model to lose.
         */
        private void faults() {
            List<Fault> hangs = shuffled(List.of(Fault.SPINS, Fault.ASLEEP));
            List<Fault> rest = shuffled(List.of(Fault.CRASHED, Fault.ZOMBIE));
            List<Host> a = shuffled(xcp);
            List<Host> b = shuffled(xl);
            choose(a.get(0), GuestType.HVM, Fault.DEVICE_MODEL_DEAD, null);
            choose(a.get(1), GuestType.HVM, hangs.get(0), null);
            choose(a.get(2), GuestType.PVH, rest.get(0), null);
            choose(b.get(0), GuestType.PVH, hangs.get(1), null);
            choose(b.get(1), GuestType.PV, Fault.STUCK_SHUTDOWN, null);
            choose(b.get(1), GuestType.PV, rest.get(1), null);
        }

        private void traps() {
            List<Host> a = shuffled(xcp);
            List<Host> b = shuffled(xl);
            choose(a.get(0), GuestType.HVM, null, Trap.IDLE);
            choose(a.get(1), GuestType.HVM, null, Trap.BUSY);
            choose(a.get(2), GuestType.HVM, null, Trap.BOOTING);
            boolean pausedOnXcp = lots.nextBoolean();
            choose((pausedOnXcp ? a : b).get(0), GuestType.PVH, null, Trap.PAUSED);
            choose((pausedOnXcp ? b : a).get(1), GuestType.PVH, null, Trap.MIGRATING);
        }

        private void choose(Host host, GuestType type, @Nullable Fault fault, @Nullable Trap trap) {
            List<String> free = names.getOrDefault(host, List.of()).stream()
                    .filter(name -> !chosen.containsKey(name))
                    .toList();
            String name = free.get(lots.nextInt(free.size()));
            Duration at = FIRST.plusMillis(lots.nextInt(6_000));
            chosen.put(name, new Guest(host.name(), name, uuid(host, name), type, fault, trap, at));
        }

        private Guest guest(Host host, String name, int number) {
            GuestType type = host.dialect() == Dialect.XL
                    ? (number % 2 == 0 ? GuestType.PV : GuestType.PVH)
                    : number % 3 == 2 ? GuestType.PVH : GuestType.HVM;
            Guest plain = new Guest(host.name(), name, uuid(host, name), type, null, null, Duration.ZERO);
            return chosen.getOrDefault(name, plain);
        }

        private static UUID uuid(Host host, String name) {
            return UUID.nameUUIDFromBytes((host.name() + "/" + name).getBytes(StandardCharsets.UTF_8));
        }

        private <T> List<T> shuffled(List<T> all) {
            List<T> copy = new ArrayList<>(all);
            Collections.shuffle(copy, lots);
            return copy;
        }
    }
}
