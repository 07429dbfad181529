package io.paramedic.schemas.identity;

import java.util.UUID;

/**
 * One boot of one host: what a step on a host is addressed to. After a reboot nothing that was known of the host holds.
 *
 * @param host the host's name in the inventory
 * @param bootId the kernel's random id of the boot
 */
public record HostBoot(String host, UUID bootId) {
    public HostBoot {
        Names.requireHost(host);
    }
}
