package io.paramedic.collector.watch;

import io.paramedic.collector.sampling.Glance.Listing;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.HostObservation;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which domain is which VM, for as long as the domain lives. Toolstacks forget: a destroy changes the handle first
 * and takes the name away, a migration gives handles and names of its own, a restart of xenstored loses every name (toolstack
 * facts §1.3, §5.5; lab facts 2).
 *
 * <p>XAPI: the VM's uuid is the handle, or the record's. Plain xl: the configured name, and a uuid only where the configuration
 * pins it; what a domain was first called it stays, for a rename changes no VM.
 */
final class Identities {
    private static final Pattern BEING_DESTROYED = Pattern.compile("deadbeef-dead-beef-dead-beef0000([0-9a-f]{4})");
    private static final Pattern TWIN = Pattern.compile("(.{24})00000000000[01]");
    private static final Pattern MIGRATING = Pattern.compile("(.+?)--(?:incoming|migratedaway)");
    private static final UUID NONE = new UUID(0, 0);
    private static final int TWIN_PREFIX = 24;

    private record Known(
            UUID handle, @Nullable String name, @Nullable VmId vm) {}

    private final Map<Integer, Known> known = new HashMap<>();
    private @Nullable UUID boot;

    /** Whether this name is that of one half of a migration. */
    static boolean isMigrating(String name) {
        return MIGRATING.matcher(name).matches();
    }

    /**
     * Learns from a look.
     *
     * @param vms uuids of which XAPI has a record
     */
    void learn(HostObservation seen, Listing listing, Set<UUID> vms) {
        if (!seen.time().bootId().equals(boot)) {
            known.clear();
            boot = seen.time().bootId();
        }
        Map<Integer, Known> now = new HashMap<>();
        for (DomainObservation domain : seen.domains()) {
            if (domain.domid() != 0 && !(domain.condition() instanceof Condition.Gone)) {
                Known before = known.get(domain.domid());
                boolean same = before != null && isSameDomain(before.handle(), domain.handle(), domain.domid());
                now.put(domain.domid(), known(seen.facts().toolstack(), domain, same ? before : null, vms));
            }
        }
        if (listing == Listing.WHOLE) {
            known.clear();
        }
        known.putAll(now);
    }

    /** Notes that the configuration of a domain pins its uuid. */
    void pinned(int domid, UUID uuid) {
        known.computeIfPresent(domid, (_, it) -> new Known(it.handle(), it.name(), new VmId.ByUuid(uuid)));
    }

    @Nullable
    VmId vm(int domid) {
        Known it = known.get(domid);
        return it == null ? null : it.vm();
    }

    /** What the domain was first called, without what a migration adds. */
    Optional<String> name(int domid) {
        return Optional.ofNullable(known.get(domid)).map(Known::name);
    }

    /** Whether a domain that had one handle and has another now, under the same number, can be the same one. */
    static boolean isSameDomain(UUID before, UUID now, int domid) {
        if (before.equals(now)) {
            return true;
        }
        var destroyed = BEING_DESTROYED.matcher(now.toString());
        if (destroyed.matches()) {
            return Integer.parseInt(destroyed.group(1), 16) == domid;
        }
        return prefix(before).equals(prefix(now)) && (isTwin(before) || isTwin(now));
    }

    private Known known(Toolstack toolstack, DomainObservation domain, @Nullable Known before, Set<UUID> vms) {
        String first = before != null && before.name() != null ? before.name() : ownName(domain.name());
        return new Known(
                domain.handle(),
                first,
                switch (toolstack) {
                    case XAPI -> byRecord(domain.handle(), before, vms);
                    case XL -> byConfiguration(first, before);
                    case UNKNOWN -> before == null ? null : before.vm();
                });
    }

    private static @Nullable String ownName(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        var migrating = MIGRATING.matcher(name);
        return migrating.matches() ? migrating.group(1) : name;
    }

    private static @Nullable VmId byConfiguration(@Nullable String name, @Nullable Known before) {
        if (before != null && before.vm() != null) {
            return before.vm();
        }
        return name == null ? null : new VmId.ByName(name);
    }

    private @Nullable VmId byRecord(UUID handle, @Nullable Known before, Set<UUID> vms) {
        if (BEING_DESTROYED.matcher(handle.toString()).matches() || handle.equals(NONE)) {
            return before == null ? null : before.vm();
        }
        if (!isTwin(handle) || vms.contains(handle)) {
            return new VmId.ByUuid(handle);
        }
        if (before != null && before.vm() != null) {
            return before.vm();
        }
        // Two VMs with one prefix are none: nobody can say which of them this is half of.
        Set<VmId> whole = Stream.concat(vms.stream(), known.values().stream().map(Known::handle))
                .filter(uuid -> prefix(uuid).equals(prefix(handle)) && !isTwin(uuid))
                .map(VmId.ByUuid::new)
                .collect(Collectors.toSet());
        return whole.size() == 1 ? whole.iterator().next() : null;
    }

    private static boolean isTwin(UUID handle) {
        return TWIN.matcher(handle.toString()).matches();
    }

    private static String prefix(UUID handle) {
        return handle.toString().substring(0, TWIN_PREFIX);
    }
}
