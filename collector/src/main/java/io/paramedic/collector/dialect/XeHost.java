package io.paramedic.collector.dialect;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host of a XAPI pool.
 *
 * @param uuid the host, as {@code resident-on} and the inventory's {@code INSTALLATION_UUID} name it
 * @param nameLabel its name, free text
 * @param nameDescription free text
 */
public record XeHost(UUID uuid, String nameLabel, String nameDescription) {
    /** What {@code xe host-list} prints without {@code params=}, in record order. */
    public static final List<String> FIELDS = List.of("uuid", "name-label", "name-description");

    /** Reads {@code xe host-list}; {@code trusted} comes from the same with {@code params=uuid --minimal}. */
    public static Table<XeHost> parse(String stdout, Set<UUID> trusted) {
        return XeRecords.read(stdout, FIELDS, trusted, XeHost::of);
    }

    private static @Nullable XeHost of(Map<String, String> fields) {
        UUID uuid = Words.uuid(fields.getOrDefault("uuid", ""));
        return uuid == null
                ? null
                : new XeHost(uuid, fields.getOrDefault("name-label", ""), fields.getOrDefault("name-description", ""));
    }
}
