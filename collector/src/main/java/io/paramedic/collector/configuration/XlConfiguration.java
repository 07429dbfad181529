package io.paramedic.collector.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file of {@code xl} says of the VM that it describes.
 *
 * @param name the VM's
 * @param uuid that it pins; absent where each start draws a new one
 * @param disks paths or identifiers of the disks that it may write to; others, as that of an installer, are shared by many VMs
 *     and tell nothing of this one
 */
record XlConfiguration(String name, @Nullable UUID uuid, List<String> disks) {
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    /** How old files say by what a disk is provided. */
    private static final Pattern PROVIDER =
            Pattern.compile("(?:raw|qcow2?|vhd|qed|phy|file|tap2?|aio|ioemu|tapdisk|drbd|iscsi|nbd|enbd):.*");

    private static final Pattern KEYED = Pattern.compile("[a-z][a-z0-9_-]*=.*");
    private static final Pattern TARGET = Pattern.compile("(?:^|, ?)target=");
    private static final Set<String> READ_ONLY = Set.of("r", "ro", "access=r", "access=ro", "cdrom", "devtype=cdrom");
    private static final int MOST_DISKS = 64;
    private static final int LONGEST = 1_024;

    XlConfiguration {
        disks = List.copyOf(disks);
    }

    /** What was read, or why the file is of no use. */
    sealed interface Result {
        record Read(XlConfiguration configuration) implements Result {}

        record Refused(String why) implements Result {}
    }

    static Result read(String text) {
        return switch (XlSyntax.read(text)) {
            case XlSyntax.Result.Refused(String why) -> new Result.Refused(why);
            case XlSyntax.Result.Read(Map<String, XlSyntax.Value> settings) -> of(settings);
        };
    }

    private static Result of(Map<String, XlSyntax.Value> settings) {
        XlSyntax.Value name = settings.get("name");
        if (name == null || name.text() == null || name.text().isEmpty()) {
            return new Result.Refused("it gives the VM no name");
        }
        XlSyntax.Value pinned = settings.get("uuid");
        String uuid =
                pinned == null || pinned.text() == null ? null : pinned.text().toLowerCase(Locale.ROOT);
        if (pinned != null && (uuid == null || !UUID_TEXT.matcher(uuid).matches())) {
            return new Result.Refused("its uuid is none");
        }
        List<String> disks = new ArrayList<>();
        XlSyntax.Value all = settings.get("disk");
        if (all != null) {
            List<String> texts = all.texts() == null && all.text() != null ? List.of(all.text()) : all.texts();
            if (texts == null || texts.size() > MOST_DISKS) {
                return new Result.Refused("its disks are no list of strings, or more than " + MOST_DISKS);
            }
            for (String disk : texts) {
                String target = target(disk);
                if (target == null || target.length() > LONGEST) {
                    return new Result.Refused("one of its disks is not understood: " + disk);
                }
                if (!target.isEmpty() && !isReadOnly(disk)) {
                    disks.add(target);
                }
            }
        }
        return new Result.Read(new XlConfiguration(name.text(), uuid == null ? null : UUID.fromString(uuid), disks));
    }

    /** Whether the settings beside what provides the disk say so: {@code r} or {@code ro} as its access, or a CD. */
    private static boolean isReadOnly(String disk) {
        Matcher keyed = TARGET.matcher(disk);
        String settings = keyed.find() ? disk.substring(0, keyed.start()) : disk.substring((disk + ",").indexOf(','));
        return Arrays.stream(settings.split(",", -1))
                .map(String::strip)
                .anyMatch(word -> READ_ONLY.contains(word) || word.endsWith(":cdrom"));
    }

    /** What provides the disk; empty for a drive with nothing in it, absent where the words are not understood. */
    private static @Nullable String target(String disk) {
        int keyed = disk.startsWith("target=") ? 0 : disk.indexOf(",target=");
        int keyedLoose = keyed < 0 ? disk.indexOf(", target=") : -1;
        if (keyed >= 0) {
            return disk.substring(disk.indexOf("target=", keyed) + "target=".length())
                    .strip();
        }
        if (keyedLoose >= 0) {
            return disk.substring(keyedLoose + ", target=".length()).strip();
        }
        String first = disk.split(",", -1)[0].strip();
        if (KEYED.matcher(first).matches()) {
            // All settings are named and none of them is the target: an empty drive, if it says so.
            return disk.contains("cdrom") ? "" : null;
        }
        while (PROVIDER.matcher(first).matches()) {
            first = first.substring(first.indexOf(':') + 1);
        }
        return first.isEmpty() && !disk.contains("cdrom") ? null : first;
    }
}
