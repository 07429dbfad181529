package io.paramedic.schemas.wire;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Characters that are no ink but orders to a terminal: they move its cursor, turn the direction of its text or end its
 * line. In names that owners of VMs choose they could make a person read what is not there.
 */
final class Invisible {
    private static final byte DELETE = 0x7F;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Invisible() {}

    /**
     * The same JSON with each such character as its escape. All characters of JSON itself are ASCII, so any other stands
     * in a string, where an escape means the same; those below DEL are escaped by every writer of JSON.
     */
    static byte[] escaped(byte[] json) {
        if (isPlain(json)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length);
        new String(json, StandardCharsets.UTF_8).codePoints().forEach(point -> {
            if (point >= DELETE && isInvisible(point)) {
                for (char unit : Character.toChars(point)) {
                    escaped.append("\\u").append(HEX.toHexDigits(unit));
                }
            } else {
                escaped.appendCodePoint(point);
            }
        });
        return escaped.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Nearly all messages are; asked first, because it is cheap. */
    private static boolean isPlain(byte[] json) {
        for (byte one : json) {
            if (one < 0 || one == DELETE) {
                return false;
            }
        }
        return true;
    }

    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
