package io.paramedic.collector.configuration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form of an {@code xl} configuration: settings {@code name = value}, ended by a newline or semicolon, a value being a
 * number, a quoted string or a list of these. Escapes are not read but refused: what a string means with them differs between
 * releases. Anything else, such as the Python that old {@code xm} took, makes the whole unreadable.
 */
final class XlSyntax {
    /** Settings that may be there once only, and be set whole. */
    private static final Set<String> ONCE = Set.of("name", "uuid", "disk");

    /** One setting: the strings of a list, or the one string; absent where the value is something else. */
    record Value(@Nullable String text, @Nullable List<String> texts) {
        static final Value OTHER = new Value(null, null);
    }

    private static final class NotXl extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotXl(String message) {
            super(message, null, false, false);
        }
    }

    private final String text;
    private int at;

    private XlSyntax(String text) {
        this.text = text;
    }

    /** What was read, or why nothing was. */
    sealed interface Result {
        record Read(Map<String, Value> settings) implements Result {}

        record Refused(String why) implements Result {}
    }

    static Result read(String text) {
        XlSyntax syntax = new XlSyntax(text);
        try {
            return new Result.Read(syntax.settings());
        } catch (NotXl e) {
            long line = text.substring(0, Math.min(syntax.at, text.length()))
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            return new Result.Refused("line " + line + ": " + e.getMessage());
        }
    }

    private Map<String, Value> settings() {
        Map<String, Value> settings = new HashMap<>();
        for (skipAll(); at < text.length(); skipAll()) {
            String name = name();
            skipBlanks();
            boolean adds = peek() == '+';
            if (adds) {
                at++;
            }
            expect('=');
            skipBlanks();
            Value value = peek() == '[' ? list() : atom();
            endOfSetting();
            boolean again = settings.putIfAbsent(name, value) != null;
            if (ONCE.contains(name) && (again || adds)) {
                throw new NotXl("\"" + name + "\" is set in more than one place");
            }
        }
        return settings;
    }

    private String name() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (at == start) {
            throw new NotXl("no setting begins here");
        }
        return text.substring(start, at);
    }

    private Value atom() {
        char c = peek();
        if (c == '"' || c == '\'') {
            return new Value(string(c), null);
        }
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        if (!text.substring(start, at).matches("-?[0-9]+|0[xX][0-9a-fA-F]+")) {
            throw new NotXl("the value is no number, quoted string or list");
        }
        return Value.OTHER;
    }

    private String string(char quote) {
        int start = ++at;
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\n' || text.charAt(at) == '\\') {
                throw new NotXl("a string with an escape or without its end");
            }
            at++;
        }
        expect(quote);
        return text.substring(start, at - 1);
    }

    private Value list() {
        expect('[');
        List<String> texts = new ArrayList<>();
        boolean strings = true;
        for (skipLines(); peek() != ']'; skipLines()) {
            Value value = peek() == '[' ? list() : atom();
            strings &= value.text() != null;
            Optional.ofNullable(value.text()).ifPresent(texts::add);
            skipLines();
            if (peek() == ',') {
                at++;
            } else if (peek() != ']') {
                throw new NotXl("a list without a comma or its end");
            }
        }
        expect(']');
        return strings ? new Value(null, List.copyOf(texts)) : Value.OTHER;
    }

    private void endOfSetting() {
        skipBlanks();
        if (at < text.length() && peek() != '\n' && peek() != ';' && peek() != '#') {
            throw new NotXl("something stands behind the value");
        }
    }

    /** Whatever may stand between two settings. */
    private void skipAll() {
        skipLines();
        while (at < text.length() && text.charAt(at) == ';') {
            at++;
            skipLines();
        }
    }

    private void skipLines() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                at++;
            } else {
                return;
            }
        }
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void expect(char c) {
        if (peek() != c || at >= text.length()) {
            throw new NotXl("a " + c + " is missing");
        }
        at++;
    }
}
