package io.paramedic.collector.dialect;

import io.paramedic.schemas.identity.Incarnation;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values as C and OCaml programs print them, strictly: a number has no sign, no leading zero and no more digits than
 * its type holds, a uuid is lower case. What is read here, printed again, gives the same characters.
 */
final class Words {
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern TENTHS = Pattern.compile("(0|[1-9][0-9]{0,14})\\.([0-9])");
    private static final int LONG_DIGITS = 18;

    private Words() {}

    static @Nullable UUID uuid(String text) {
        return UUID_TEXT.matcher(text).matches() ? UUID.fromString(text) : null;
    }

    /** A whole number of at most 18 digits. */
    static @Nullable Long whole(String text) {
        if (text.isEmpty() || text.length() > LONG_DIGITS || (text.length() > 1 && text.charAt(0) == '0')) {
            return null;
        }
        return text.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.valueOf(text) : null;
    }

    static @Nullable Integer count(String text) {
        Long number = whole(text);
        return number == null || number > Integer.MAX_VALUE ? null : Integer.valueOf(number.intValue());
    }

    /**
     * A name as {@code xl} prints it; absent where xenstore has none. A VM that is really called so cannot be told
     * apart.
     */
    static @Nullable String name(String printed) {
        return printed.equals("(null)") ? null : printed;
    }

    /** Seconds as {@code %.1f} prints them. */
    static @Nullable Duration tenths(String text) {
        Matcher tenths = TENTHS.matcher(text);
        return tenths.matches()
                ? Duration.ofMillis(Long.parseLong(tenths.group(1)) * 1000 + Long.parseLong(tenths.group(2)) * 100)
                : null;
    }

    /** A domid that a domain can have; higher ones are Xen's own (toolstack facts §5.4). */
    static @Nullable Integer domid(String text) {
        Integer number = count(text);
        return number == null || number > Incarnation.HIGHEST_DOMID ? null : number;
    }
}
