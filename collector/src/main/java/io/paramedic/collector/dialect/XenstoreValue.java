package io.paramedic.collector.dialect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How {@code xenstore-ls} and {@code xenstore-read} print a value: bytes from blank to tilde as they are, the backslash
 * and everything else escaped. So a value cannot forge a line, whatever a guest or an owner wrote into it.
 */
final class XenstoreValue {
    private XenstoreValue() {}

    /** The value, its bytes taken as UTF-8; absent where the text is not what the tools print. */
    static @Nullable String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c < ' ' || c > '~') {
                return null;
            }
            if (c != '\\') {
                bytes.write(c);
                at++;
                continue;
            }
            int length = escapeLength(text, at);
            int value = length == 0 ? -1 : unescape(text.substring(at + 1, at + length));
            if (value < 0) {
                return null;
            }
            bytes.write(value);
            at += length;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Characters of the escape that begins at {@code at}; 0 where it is cut off. */
    private static int escapeLength(String text, int at) {
        char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        int length = kind == 'x' || kind == '0' ? 4 : 2;
        return at + length <= text.length() ? length : 0;
    }

    private static int unescape(String escape) {
        return switch (escape.charAt(0)) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case '\\' -> '\\';
            case 'x' -> hex(escape.substring(1));
            case '0' -> octal(escape);
            default -> -1;
        };
    }

    private static int hex(String digits) {
        boolean lowerCase = digits.chars().allMatch(c -> HexFormat.isHexDigit(c) && !Character.isUpperCase(c));
        int value = lowerCase ? HexFormat.fromHexDigits(digits) : -1;
        boolean needed = value >= 8 && (value < ' ' || value > '~');
        return needed && value != '\t' && value != '\n' && value != '\r' ? value : -1;
    }

    /** Bytes below 8 are printed with three octal digits. */
    private static int octal(String digits) {
        char last = digits.charAt(2);
        return digits.startsWith("00") && last >= '0' && last <= '7' ? last - '0' : -1;
    }
}
