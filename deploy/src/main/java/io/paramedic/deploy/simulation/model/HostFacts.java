package io.paramedic.deploy.simulation.model;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What does not change on a simulated host while it is up.
 *
 * @param xenVersion three parts, for example {@code 4.17.7}
 * @param kernel release of the control domain's kernel
 * @param totalMemoryMiB memory of the machine
 * @param dom0MemoryMiB memory of the control domain
 * @param xenMemoryMiB what the hypervisor keeps for itself
 * @param cpus physical CPUs
 * @param scheduler as {@code xl info} names it
 * @param dom0Uuid handle of the control domain: all zeros under plain xl (lab facts 12)
 * @param hostUuid uuid of the host in xapi
 */
public record HostFacts(
        String hostname,
        Dialect dialect,
        String xenVersion,
        String kernel,
        int totalMemoryMiB,
        int dom0MemoryMiB,
        int xenMemoryMiB,
        int dom0Vcpus,
        int cpus,
        String scheduler,
        UUID dom0Uuid,
        UUID hostUuid) {

    /** A small Debian 12 host, like the lab's. */
    public static HostFacts xl(String hostname) {
        return new HostFacts(
                hostname,
                Dialect.XL,
                "4.17.7",
                "6.1.0-56-amd64",
                4095,
                640,
                46,
                1,
                2,
                "credit2",
                new UUID(0, 0),
                new UUID(0, 0));
    }

    /** An XCP-ng 8.3 host. */
    public static HostFacts xcpNg(String hostname) {
        UUID seed = UUID.nameUUIDFromBytes(("host " + hostname).getBytes(StandardCharsets.UTF_8));
        UUID dom0 = UUID.nameUUIDFromBytes(("dom0 " + hostname).getBytes(StandardCharsets.UTF_8));
        return new HostFacts(
                hostname, Dialect.XCP_NG, "4.17.5", "4.19.0+1", 65_535, 4096, 600, 4, 16, "credit", dom0, seed);
    }

    /** The same host with another amount of memory. */
    public HostFacts memory(int totalMiB) {
        return new HostFacts(
                hostname,
                dialect,
                xenVersion,
                kernel,
                totalMiB,
                dom0MemoryMiB,
                xenMemoryMiB,
                dom0Vcpus,
                cpus,
                scheduler,
                dom0Uuid,
                hostUuid);
    }
}
