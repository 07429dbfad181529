package io.paramedic.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a type's Javadoc, so that JSON Schemas describe a field exactly as the record does. */
final class Javadocs {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern PARAM = Pattern.compile("(?s)@param (\\w+) (.*?)(?=\\n\\s*@|$)");

    /**
     * @param text of the type, without its tags; empty where there is none
     * @param components by name
     */
    record Doc(String text, Map<String, String> components) {}

    private Javadocs() {}

    static Doc of(Class<?> type) {
        String source = source(type);
        String kind = "(?:record|interface|enum) " + type.getSimpleName() + "\\b";
        Matcher found = Pattern.compile("(?s)/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:public |sealed |private )*" + kind)
                .matcher(source);
        if (!found.find()) {
            return new Doc("", Map.of());
        }
        String comment = found.group(1).replaceAll("(?m)^\\s*\\* ?", "").strip();
        Map<String, String> components = new HashMap<>();
        Matcher params = PARAM.matcher(comment);
        while (params.find()) {
            components.put(params.group(1), plain(params.group(2)));
        }
        return new Doc(plain(comment.replaceAll("(?s)(^|\\n)@.*", "")), components);
    }

    private static String source(Class<?> type) {
        Class<?> top = type;
        while (top.getEnclosingClass() != null) {
            top = top.getEnclosingClass();
        }
        try {
            return Files.readString(SOURCES.resolve(top.getName().replace('.', '/') + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link #?([^}]*)}", "`$1`")
                .replaceAll("<[^>]+>", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
