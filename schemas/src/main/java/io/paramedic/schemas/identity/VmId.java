package io.paramedic.schemas.identity;

import java.util.UUID;

/**
 * What of a VM survives its reboot. It says which VM is meant, never which domain to touch: that takes an
 * {@link Incarnation}.
 */
public sealed interface VmId {
    /** XAPI's uuid, or the one that an {@code xl} configuration pins. */
    record ByUuid(UUID uuid) implements VmId {}

    /** The configured name, for an {@code xl} configuration that pins no uuid and gets a new one at each start. */
    record ByName(String name) implements VmId {
        public ByName {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a VM without a uuid needs its configured name");
            }
        }
    }
}
