package io.paramedic.collector.dialect;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the XAPI database believes of one VM (toolstack facts §3.2). It may differ from what the hypervisor does.
 *
 * @param uuid the VM
 * @param nameLabel its name, free text of its owner
 * @param controlDomain dom0 and driver domains
 * @param powerState {@code halted}, {@code paused}, {@code running} or {@code suspended}
 * @param currentOperations names of operations in flight
 * @param residentOn the host; absent where the database names none
 * @param domid the domain; -1 is none
 */
public record XeVm(
        UUID uuid,
        String nameLabel,
        boolean controlDomain,
        String powerState,
        List<String> currentOperations,
        @Nullable UUID residentOn,
        int domid) {
    /** What to request, in record order; the value for {@code params=} is this, joined by commas. */
    public static final List<String> FIELDS = List.of(
            "uuid", "name-label", "is-control-domain", "power-state", "current-operations", "resident-on", "dom-id");

    private static final Set<String> POWER_STATES = Set.of("halted", "paused", "running", "suspended");

    public XeVm {
        currentOperations = List.copyOf(currentOperations);
    }

    /**
     * Reads {@code xe vm-list params=...} with {@link #FIELDS}.
     *
     * @param trusted the uuids of {@link XeMinimal#uuids} for the same VMs
     */
    public static Table<XeVm> parse(String stdout, Set<UUID> trusted) {
        return XeRecords.read(stdout, FIELDS, trusted, XeVm::of);
    }

    private static @Nullable XeVm of(Map<String, String> fields) {
        UUID uuid = Words.uuid(fields.getOrDefault("uuid", ""));
        String control = fields.getOrDefault("is-control-domain", "");
        String power = fields.getOrDefault("power-state", "");
        String resident = fields.getOrDefault("resident-on", "");
        UUID host = Words.uuid(resident);
        String dom = fields.getOrDefault("dom-id", "");
        Integer domid = dom.equals("-1") ? Integer.valueOf(-1) : Words.domid(dom);
        boolean sound = (control.equals("true") || control.equals("false"))
                && POWER_STATES.contains(power)
                && (host != null || resident.equals("<not in database>"));
        if (uuid == null || domid == null || !sound) {
            return null;
        }
        String operations = fields.getOrDefault("current-operations", "");
        List<String> current = operations.isEmpty() ? List.of() : List.of(operations.split("; ", -1));
        String name = fields.getOrDefault("name-label", "");
        return new XeVm(uuid, name, control.equals("true"), power, current, host, domid);
    }
}
