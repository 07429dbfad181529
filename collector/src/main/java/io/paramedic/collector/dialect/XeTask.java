package io.paramedic.collector.dialect;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A task of XAPI (toolstack facts §3.4.5).
 *
 * @param uuid the task
 * @param nameLabel what it does, for example {@code Async.VM.hard_shutdown}; free text of whoever made it
 * @param nameDescription more of the same
 * @param status {@code pending}, {@code success}, {@code failure}, {@code cancelling} or {@code cancelled}
 * @param progress from 0 to 1
 */
public record XeTask(UUID uuid, String nameLabel, String nameDescription, String status, BigDecimal progress) {
    /** What {@code xe task-list} prints without {@code params=}, in record order. */
    public static final List<String> FIELDS = List.of("uuid", "name-label", "name-description", "status", "progress");

    private static final Set<String> STATES = Set.of("pending", "success", "failure", "cancelling", "cancelled");
    private static final Pattern PROGRESS = Pattern.compile("[01]\\.[0-9]{0,6}");

    /** Reads {@code xe task-list}; {@code trusted} comes from the same with {@code params=uuid --minimal}. */
    public static Table<XeTask> parse(String stdout, Set<UUID> trusted) {
        return XeRecords.read(stdout, FIELDS, trusted, XeTask::of);
    }

    private static @Nullable XeTask of(Map<String, String> fields) {
        UUID uuid = Words.uuid(fields.getOrDefault("uuid", ""));
        String status = fields.getOrDefault("status", "");
        String progress = fields.getOrDefault("progress", "");
        if (uuid == null
                || !STATES.contains(status)
                || !PROGRESS.matcher(progress).matches()) {
            return null;
        }
        return new XeTask(
                uuid,
                fields.getOrDefault("name-label", ""),
                fields.getOrDefault("name-description", ""),
                status,
                new BigDecimal(progress));
    }
}
