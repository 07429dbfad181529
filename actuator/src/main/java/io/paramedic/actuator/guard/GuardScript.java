package io.paramedic.actuator.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The guard's program for a POSIX shell. */
public final class GuardScript {
    private static final List<String> PARTS =
            List.of("answer.sh", "record.sh", "fate.sh", "domain.sh", "trace.sh", "act.sh", "verb.sh");

    private static final String WHOLE = PARTS.stream().map(GuardScript::read).collect(Collectors.joining("\n"));
    private static final String BARE = WHOLE.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .collect(Collectors.joining("\n"));

    private GuardScript() {}

    /** The program with its comments, as it may be kept on a host. */
    public static String whole() {
        return WHOLE;
    }

    /** The same without comments and indentation, because it travels with each call. */
    public static String bare() {
        return BARE;
    }

    private static String read(String part) {
        try (InputStream in = GuardScript.class.getResourceAsStream(part)) {
            if (in == null) {
                throw new IllegalStateException("the guard's program lacks its part " + part);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
