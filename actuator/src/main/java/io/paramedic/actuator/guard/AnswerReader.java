package io.paramedic.actuator.guard;

import io.paramedic.actuator.guard.GuardAnswer.Fate;
import io.paramedic.actuator.guard.GuardAnswer.Scene;
import io.paramedic.actuator.guard.GuardAnswer.Transcript;
import io.paramedic.collector.access.CommandResult;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the guard's answer. It stands between two marks that carry the id of the call; what a login prints around them does not
 * matter. Between them every line must be understood, and be there once.
 */
public final class AnswerReader {
    private static final int QUOTE = 400;
    private static final Set<String> KEYS = Set.of(
            "time", "answer", "text", "ran", "out", "err", "stack", "host", "list", "store", "asked", "task", "api",
            "record");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final Map<String, String> lines;

    private AnswerReader(Map<String, String> lines) {
        this.lines = lines;
    }

    /** What the result of a call means. */
    public static GuardAnswer read(String id, CommandResult result) {
        return switch (result) {
            case CommandResult.NotReached notReached ->
                new GuardAnswer.NotReached(notReached.why().sentence());
            case CommandResult.Completed done -> whole(id, done.stdout(), done.stderr());
            // What came before the end mark was cut off cannot be told from what was never said.
            case CommandResult.TimedOut late ->
                new GuardAnswer.Lost("the guard did not answer within %d s"
                        .formatted(late.limit().toSeconds()));
            case CommandResult.TooMuchOutput _ -> new GuardAnswer.Lost("the guard's answer was longer than any can be");
            case CommandResult.ConnectionLost lost ->
                new GuardAnswer.Lost("the guard's answer did not come: " + lost.how());
        };
    }

    private static GuardAnswer whole(String id, String stdout, String stderr) {
        List<String> all = stdout.lines().toList();
        String begin = "paramedic-guard 1 begin " + id;
        String end = "paramedic-guard 1 end " + id;
        int from = all.indexOf(begin);
        int to = all.indexOf(end);
        if (from < 0 || to < from || all.lastIndexOf(begin) != from || all.lastIndexOf(end) != to) {
            return garbled(stdout + stderr, "the guard did not answer as one does; is a POSIX shell on the host?");
        }
        Map<String, String> lines = new HashMap<>();
        for (String line : all.subList(from + 1, to)) {
            int blank = line.indexOf(' ');
            String key = blank < 0 ? line : line.substring(0, blank);
            if (!KEYS.contains(key) || lines.put(key, blank < 0 ? "" : line.substring(blank + 1)) != null) {
                return garbled(line, "the guard's answer holds a line that is not understood");
            }
        }
        try {
            return new AnswerReader(lines).answer();
        } catch (NotUnderstood | IllegalArgumentException e) {
            return garbled(
                    String.join("\n", all.subList(from, to + 1)),
                    "the guard's answer is not understood: " + e.getMessage());
        }
    }

    private static GuardAnswer garbled(String quote, String sentence) {
        return new GuardAnswer.Garbled(quote.length() > QUOTE ? quote.substring(0, QUOTE) + "…" : quote, sentence);
    }

    private GuardAnswer answer() throws NotUnderstood {
        String[] words = need("answer").split(" ", -1);
        return switch (words[0]) {
            case "refused" -> new GuardAnswer.Refused(Refusal.valueOf(word(words, 1)), text("text"), time());
            case "sealed" -> new GuardAnswer.Sealed(time());
            case "idle", "busy" -> new GuardAnswer.Told(words[0].equals("busy"), needTime());
            case "enrolled", "already" -> new GuardAnswer.Enrolled(words[0].equals("already"));
            case "other" -> new GuardAnswer.OtherLog(log(word(words, 1)), offset(word(words, 2)));
            case "look" -> new GuardAnswer.Looked(!word(words, 1).equals("none"), scene());
            case "malformed" -> throw new NotUnderstood(text("text"));
            default -> new GuardAnswer.Known(fate(words), time());
        };
    }

    private Fate fate(String[] words) throws NotUnderstood {
        return switch (words[0]) {
            case "none" -> new Fate.None();
            case "tombstoned" -> new Fate.Tombstoned();
            case "unbegun" -> new Fate.NeverBegun();
            case "late" -> new Fate.TooLate();
            case "running" -> new Fate.Running(transcript());
            case "done" ->
                new Fate.Ended((int) number(word(words, 1)), moment(word(words, 2), word(words, 3)), transcript());
            case "unknown" -> new Fate.Unknown(optional("text", ""), transcript());
            default -> throw new NotUnderstood("there is no answer " + words[0]);
        };
    }

    private Transcript transcript() throws NotUnderstood {
        return new Transcript(optional("ran", ""), optional("out", ""), optional("err", ""));
    }

    private Scene scene() throws NotUnderstood {
        Toolstack toolstack = switch (need("stack")) {
            case "xl" -> Toolstack.XL;
            case "xapi" -> Toolstack.XAPI;
            case "none" -> Toolstack.UNKNOWN;
            default -> throw new NotUnderstood("there is no toolstack " + lines.get("stack"));
        };
        String host = lines.get("host");
        String api = lines.get("api");
        return new Scene(
                time(),
                toolstack,
                host == null ? null : uuid(host),
                text("list"),
                optional("store", ""),
                lines.containsKey("asked") ? text("asked") : null,
                lines.containsKey("task") ? text("task") : null,
                api == null ? null : Boolean.valueOf(api.equals("yes")),
                optional("record", ""));
    }

    private @Nullable HostTime time() throws NotUnderstood {
        return lines.containsKey("time") ? needTime() : null;
    }

    private HostTime needTime() throws NotUnderstood {
        String[] words = need("time").split(" ", -1);
        return moment(words[0], word(words, 1));
    }

    private static HostTime moment(String boot, String hundredths) throws NotUnderstood {
        return new HostTime(uuid(boot), Duration.ofMillis(number(hundredths) * 10));
    }

    private String need(String key) throws NotUnderstood {
        String value = lines.get(key);
        if (value == null) {
            throw new NotUnderstood("there is no line " + key);
        }
        return value;
    }

    private String text(String key) throws NotUnderstood {
        return new String(HexFormat.of().parseHex(need(key)), StandardCharsets.UTF_8);
    }

    private String optional(String key, String otherwise) throws NotUnderstood {
        return lines.containsKey(key) ? text(key) : otherwise;
    }

    private static String word(String[] words, int at) throws NotUnderstood {
        if (at >= words.length) {
            throw new NotUnderstood("a word is missing");
        }
        return words[at];
    }

    private static long number(String word) throws NotUnderstood {
        if (!NUMBER.matcher(word).matches()) {
            throw new NotUnderstood("no number: " + word);
        }
        return Long.parseLong(word);
    }

    private static long offset(String word) throws NotUnderstood {
        return word.equals("-1") ? -1 : number(word);
    }

    private static UUID uuid(String word) throws NotUnderstood {
        if (!UUID_TEXT.matcher(word).matches()) {
            throw new NotUnderstood("no uuid: " + word);
        }
        return UUID.fromString(word);
    }

    private static LogId log(String word) throws NotUnderstood {
        LogId log = GuardWords.decode(word);
        if (log == null) {
            throw new NotUnderstood("no log: " + word);
        }
        return log;
    }

    /** Ends in {@link GuardAnswer.Garbled}. */
    private static final class NotUnderstood extends Exception {
        private static final long serialVersionUID = 1;

        NotUnderstood(String message) {
            super(message);
        }
    }
}
