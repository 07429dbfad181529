package io.paramedic.schemas.identity;

import java.util.UUID;

/**
 * One life of one domain. A domid alone is reused after a reboot of the host, a handle alone is changed by toolstacks
 * (toolstack facts §1.3, §5.4), so a destructive step names all four and the host checks all four again.
 *
 * @param host the host's name in the inventory
 * @param bootId the boot of that host in which the domain lives
 * @param domid Xen's number for the domain, 1 to 32751; 0 is dom0 and never a target
 * @param handle the uuid that the hypervisor holds for the domain
 */
public record Incarnation(String host, UUID bootId, int domid, UUID handle) {
    /** Ids from 0x7FF0 on are Xen's own (toolstack facts §5.4). */
    public static final int HIGHEST_DOMID = 0x7FF0 - 1;

    public Incarnation {
        if (host.isBlank()) {
            throw new IllegalArgumentException("an incarnation needs its host");
        }
        if (domid < 0 || domid > HIGHEST_DOMID) {
            throw new IllegalArgumentException("no domid: " + domid);
        }
    }

    public boolean isDom0() {
        return domid == 0;
    }
}
