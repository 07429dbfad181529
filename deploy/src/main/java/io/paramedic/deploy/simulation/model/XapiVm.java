package io.paramedic.deploy.simulation.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The record of a VM in xapi's database, which may differ from what runs. Guarded by the lock of its host. */
public final class XapiVm {
    /** {@code power-state} of a record. */
    public enum Power {
        RUNNING,
        PAUSED,
        HALTED,
        SUSPENDED;

        /** As {@code xe} prints a record. */
        public String word() {
            return switch (this) {
                case RUNNING -> "running";
                case PAUSED -> "paused";
                case HALTED -> "halted";
                case SUSPENDED -> "suspended";
            };
        }

        /** As an error prints it. */
        public String title() {
            return word().substring(0, 1).toUpperCase(Locale.ROOT) + word().substring(1);
        }
    }

    UUID uuid;
    String name;
    DomainSpec spec;
    Power power = Power.HALTED;
    int domid = -1;
    boolean resident;
    /** Another host, where the database believes that it runs. */
    @Nullable
    UUID elsewhere;

    boolean haAlwaysRun;
    final boolean control;
    Instant started = Instant.EPOCH;
    final Map<UUID, String> operations = new LinkedHashMap<>();
    final Map<String, String> blocked = new LinkedHashMap<>();

    XapiVm(DomainSpec spec, boolean control) {
        this.spec = spec;
        this.uuid = spec.uuid();
        this.name = spec.name();
        this.control = control;
    }

    public UUID uuid() {
        return uuid;
    }

    public String name() {
        return name;
    }

    public DomainSpec spec() {
        return spec;
    }

    public Power power() {
        return power;
    }

    /** The domain that the database believes in, -1 when it believes in none. */
    public int domid() {
        return domid;
    }

    /** Whether {@code resident-on} is this host. */
    public boolean resident() {
        return resident;
    }

    /** Another host that {@code resident-on} names instead of this one. */
    public Optional<UUID> elsewhere() {
        return Optional.ofNullable(elsewhere);
    }

    public boolean control() {
        return control;
    }

    public boolean haAlwaysRun() {
        return haAlwaysRun;
    }

    public Instant started() {
        return started;
    }

    /** Operations under way, by task. */
    public Map<UUID, String> operations() {
        return Map.copyOf(operations);
    }

    /** Operations that the owner forbids, with the reason. */
    public Map<String, String> blocked() {
        return Map.copyOf(blocked);
    }

    void runs(Domain domain) {
        power = domain.paused() ? Power.PAUSED : Power.RUNNING;
        domid = domain.domid();
        resident = true;
        elsewhere = null;
        started = domain.created();
    }

    /** What both a real end and a forced reset leave (toolstack facts §3.4.3). */
    void halts() {
        power = Power.HALTED;
        domid = -1;
        resident = false;
        elsewhere = null;
        operations.clear();
    }
}
