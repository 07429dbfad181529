package io.paramedic.deploy.simulation.model;

import java.time.Duration;
import java.util.UUID;

/**
 * A guest to start: what its configuration says, and what its software will do.
 *
 * @param name the configured name
 * @param uuid its uuid, which becomes the domain handle
 * @param vcpus virtual CPUs
 * @param memoryMiB memory
 * @param behaviour what it does after it has booted
 * @param bootTime how long it is {@link Behaviour#BOOTING}
 * @param paused whether it is created paused
 * @param pvDrivers whether it has PV drivers, without which an HVM guest cannot be asked to shut down
 * @param onPoweroff what the toolstack does after a power-off
 * @param onReboot what it does when the guest asks for a reboot
 * @param onCrash what it does after a crash
 */
public record DomainSpec(
        String name,
        UUID uuid,
        GuestType type,
        int vcpus,
        int memoryMiB,
        Behaviour behaviour,
        Duration bootTime,
        boolean paused,
        boolean pvDrivers,
        After onPoweroff,
        After onReboot,
        After onCrash) {

    /** What a toolstack does with a domain that has shut down. */
    public enum After {
        DESTROY,
        RESTART,
        PRESERVE;

        /** The word of an xl configuration. */
        public String word() {
            return switch (this) {
                case DESTROY -> "destroy";
                case RESTART -> "restart";
                case PRESERVE -> "preserve";
            };
        }
    }

    /** A guest with one virtual CPU, 96 MiB, a random uuid, a heartbeat and the defaults of xl. */
    public static DomainSpec of(String name, GuestType type) {
        return new DomainSpec(
                name,
                UUID.randomUUID(),
                type,
                1,
                96,
                Behaviour.HEARTBEAT,
                Duration.ZERO,
                false,
                true,
                After.DESTROY,
                After.RESTART,
                After.DESTROY);
    }

    public static DomainSpec pv(String name) {
        return of(name, GuestType.PV);
    }

    public static DomainSpec pvh(String name) {
        return of(name, GuestType.PVH);
    }

    public static DomainSpec hvm(String name) {
        return of(name, GuestType.HVM);
    }

    public DomainSpec uuid(String uuid) {
        return new DomainSpec(
                name,
                UUID.fromString(uuid),
                type,
                vcpus,
                memoryMiB,
                behaviour,
                bootTime,
                paused,
                pvDrivers,
                onPoweroff,
                onReboot,
                onCrash);
    }

    public DomainSpec size(int vcpus, int memoryMiB) {
        return new DomainSpec(
                name,
                uuid,
                type,
                vcpus,
                memoryMiB,
                behaviour,
                bootTime,
                paused,
                pvDrivers,
                onPoweroff,
                onReboot,
                onCrash);
    }

    public DomainSpec behaves(Behaviour behaviour) {
        return new DomainSpec(
                name,
                uuid,
                type,
                vcpus,
                memoryMiB,
                behaviour,
                bootTime,
                paused,
                pvDrivers,
                onPoweroff,
                onReboot,
                onCrash);
    }

    public DomainSpec boots(Duration bootTime) {
        return new DomainSpec(
                name,
                uuid,
                type,
                vcpus,
                memoryMiB,
                behaviour,
                bootTime,
                paused,
                pvDrivers,
                onPoweroff,
                onReboot,
                onCrash);
    }

    public DomainSpec createdPaused() {
        return new DomainSpec(
                name,
                uuid,
                type,
                vcpus,
                memoryMiB,
                behaviour,
                bootTime,
                true,
                pvDrivers,
                onPoweroff,
                onReboot,
                onCrash);
    }

    public DomainSpec withoutPvDrivers() {
        return new DomainSpec(
                name, uuid, type, vcpus, memoryMiB, behaviour, bootTime, paused, false, onPoweroff, onReboot, onCrash);
    }

    public DomainSpec after(After poweroff, After reboot, After crash) {
        return new DomainSpec(
                name, uuid, type, vcpus, memoryMiB, behaviour, bootTime, paused, pvDrivers, poweroff, reboot, crash);
    }

    DomainSpec renamed(String newName, UUID newUuid) {
        return new DomainSpec(
                newName,
                newUuid,
                type,
                vcpus,
                memoryMiB,
                behaviour,
                bootTime,
                paused,
                pvDrivers,
                onPoweroff,
                onReboot,
                onCrash);
    }
}
