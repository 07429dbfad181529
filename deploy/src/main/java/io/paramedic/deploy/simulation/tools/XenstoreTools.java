package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.Xenstore;
import io.paramedic.deploy.simulation.model.XenstoredState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code xenstore-ls}, {@code -list}, {@code -read}, {@code -exists}, {@code -write}, {@code -rm} and {@code -watch}. */
final class XenstoreTools implements Tool {
    private static final Duration FOREVER = Duration.ofDays(36_500);
    private static final int FAILED = 1;

    @Override
    public int run(ToolCall call) throws InterruptedException {
        if (call.refusal().isPresent()) {
            call.err("%s: xs_open: %s\n", call.program(), call.refusal().get());
            return FAILED;
        }
        HostModel host = call.host();
        call.hangUntil(() -> host.xenstored() == XenstoredState.RUNNING);
        List<String> paths = call.args().stream()
                .filter(arg -> !arg.startsWith("-") || arg.length() == 1)
                .toList();
        return switch (call.program()) {
            case "xenstore-ls" -> ls(call, paths);
            case "xenstore-list" -> list(call, paths);
            case "xenstore-read" -> read(call, paths);
            case "xenstore-exists" ->
                !paths.isEmpty() && paths.stream().allMatch(p -> host.xenstore().read(p) != null) ? 0 : FAILED;
            case "xenstore-write" -> write(call, paths);
            case "xenstore-rm" -> remove(call, paths);
            default -> watch(call);
        };
    }

    private static int ls(ToolCall call, List<String> paths) {
        Xenstore store = call.host().xenstore();
        boolean flat = call.args().contains("-f");
        for (String path : paths.isEmpty() ? List.of("/") : paths) {
            if (store.read(path) == null) {
                return unlisted(call, path, "No such file or directory");
            }
            Map<String, String> nodes = new LinkedHashMap<>();
            store.walk(path, nodes::put);
            Optional<String> broken = store.listingFails(path);
            if (broken.isPresent()) {
                return unlisted(call, path, broken.get());
            }
            int above = depth(path);
            for (Map.Entry<String, String> node : nodes.entrySet()) {
                String shown = flat ? node.getKey() : indented(node.getKey(), depth(node.getKey()) - above - 1);
                call.out(shown + " = \"" + sanitized(node.getValue()) + "\"\n");
                broken = store.listingFails(node.getKey());
                if (broken.isPresent()) {
                    return unlisted(call, node.getKey(), broken.get());
                }
            }
        }
        store.listed();
        return 0;
    }

    /** What was printed so far stays printed. */
    private static int unlisted(ToolCall call, String path, String why) {
        call.err("%s: xs_directory (%s): %s\n", call.program(), path, why);
        return FAILED;
    }

    private static int depth(String path) {
        return (int) List.of(path.split("/")).stream()
                .filter(part -> !part.isEmpty())
                .count();
    }

    private static String indented(String node, int depth) {
        return " ".repeat(depth) + node.substring(node.lastIndexOf('/') + 1);
    }

    private static String sanitized(String value) {
        StringBuilder text = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            switch (b) {
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\r' -> text.append("\\r");
                case '\\' -> text.append("\\\\");
                default -> {
                    if (b >= ' ' && b < 0x7f) {
                        text.append((char) b);
                    } else {
                        text.append(String.format(Locale.ROOT, "\\%03o", b & 0xff));
                    }
                }
            }
        }
        return text.toString();
    }

    private static int list(ToolCall call, List<String> paths) {
        for (String path : paths) {
            List<String> children = call.host().xenstore().list(path);
            if (children == null || call.host().xenstore().listingFails(path).isPresent()) {
                call.err("%s: could not list path %s\n", call.program(), path);
                return FAILED;
            }
            children.forEach(child -> call.out(child + "\n"));
        }
        return 0;
    }

    private static int read(ToolCall call, List<String> paths) {
        for (String path : paths) {
            String value = call.host().xenstore().read(path);
            if (value == null) {
                call.err("%s: couldn't read path %s\n", call.program(), path);
                return FAILED;
            }
            call.out((call.args().contains("-p") ? path + ": " : "") + value + "\n");
        }
        return 0;
    }

    private static int write(ToolCall call, List<String> words) {
        for (int i = 0; i + 1 < words.size(); i += 2) {
            call.host().lifecycle().write(words.get(i), words.get(i + 1));
            call.effect("wrote %s", words.get(i));
        }
        return 0;
    }

    private static int remove(ToolCall call, List<String> paths) {
        for (String path : paths) {
            if (!call.host().xenstore().remove(path)) {
                call.err("%s: could not remove path %s\n", call.program(), path);
                return FAILED;
            }
            call.effect("removed %s", path);
        }
        return 0;
    }

    private static boolean print(ToolCall call, @Nullable String path) {
        if (path != null) {
            call.out(path + "\n");
        }
        return path != null;
    }

    /** Prints each path that fires, the watched ones first, until its {@code -n} have come or nobody reads. */
    private static int watch(ToolCall call) throws InterruptedException {
        List<String> args = call.args();
        int number = args.indexOf("-n");
        long left = number >= 0 && number + 1 < args.size() ? Long.parseLong(args.get(number + 1)) : Long.MAX_VALUE;
        Xenstore.Watch watch = call.host()
                .xenstore()
                .watch(args.stream()
                        .filter(arg -> arg.startsWith("/") || arg.startsWith("@"))
                        .toList());
        long[] remaining = {left};
        try {
            call.await(FOREVER, () -> {
                while (remaining[0] > 0 && print(call, watch.next())) {
                    remaining[0]--;
                }
                return remaining[0] <= 0;
            });
            return 0;
        } finally {
            watch.cancel();
        }
    }
}
