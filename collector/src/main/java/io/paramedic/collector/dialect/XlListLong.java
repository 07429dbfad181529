package io.paramedic.collector.dialect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code xl list -l}: the configurations that libxl stored (toolstack facts §2.2). It silently leaves out zombies and,
 * on XAPI hosts, every VM; it takes each domain's lock and may wait for its device model. So it is never the list of
 * what exists, and it is not asked while a hang is suspected. What it is good for: type and configured name of a domain
 * whose xenstore entry is gone (lab facts 2).
 */
public final class XlListLong {
    private static final String TOOL = "xl list -l";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private XlListLong() {}

    /**
     * @param domid Xen's number for the domain
     * @param name the configured one
     * @param uuid the configured one
     * @param type {@code pv}, {@code hvm} or {@code pvh}
     */
    public record Config(
            int domid,
            @Nullable String name,
            @Nullable UUID uuid,
            @Nullable String type) {}

    public static Reading<List<Config>> parse(String stdout) {
        JsonNode list;
        try {
            list = JSON.readTree(stdout);
        } catch (JacksonException e) {
            return Reading.unreadable(TOOL, line(e), "not JSON: " + e.getOriginalMessage(), stdout);
        }
        if (!list.isArray()) {
            return Reading.unreadable(TOOL, 0, "not a list", stdout);
        }
        List<Config> configs = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (JsonNode domain : list) {
            JsonNode domid = domain.path("domid");
            Integer id = domid.isIntegralNumber() ? Words.domid(domid.asString()) : null;
            JsonNode created = domain.path("config").path("c_info");
            if (id == null || !seen.add(id) || !created.isObject()) {
                return Reading.unreadable(TOOL, 0, "an entry that is no domain, or is there twice", domain.toString());
            }
            String uuid = text(created, "uuid");
            configs.add(new Config(
                    id, text(created, "name"), uuid == null ? null : Words.uuid(uuid), text(created, "type")));
        }
        return Reading.of(List.copyOf(configs));
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.asString() : null;
    }

    private static int line(JacksonException e) {
        return e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
    }
}
