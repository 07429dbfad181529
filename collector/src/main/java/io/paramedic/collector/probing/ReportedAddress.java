package io.paramedic.collector.probing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that guests report of themselves. A guest may write anything: only a plain unicast address that can belong to a
 * guest is taken, so that nobody lets Paramedic ask itself, a whole network or what a route leads astray to.
 */
public final class ReportedAddress {
    private static final Pattern IPV4 = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");
    private static final Pattern GROUP = Pattern.compile("[0-9a-f]{1,4}");
    private static final int GROUPS = 8;

    private ReportedAddress() {}

    /** The address to use of those that a guest reports: an IPv4 one before an IPv6 one, else the first that is sound. */
    public static Optional<String> best(List<String> reported) {
        return reported.stream()
                .filter(address -> !address.contains(":"))
                .flatMap(address -> sound(address).stream())
                .findFirst()
                .or(() -> reported.stream()
                        .filter(address -> address.contains(":"))
                        .flatMap(address -> sound(address).stream())
                        .findFirst());
    }

    /** The address in its plain form, where it is one that a guest can have. */
    static Optional<String> sound(String text) {
        Matcher four = IPV4.matcher(text);
        return four.matches() ? soundIpv4(four) : soundIpv6(text.toLowerCase(Locale.ROOT));
    }

    private static Optional<String> soundIpv4(Matcher address) {
        int[] bytes = new int[4];
        for (int i = 0; i < bytes.length; i++) {
            String part = address.group(i + 1);
            bytes[i] = Integer.parseInt(part);
            if (bytes[i] > 255 || part.length() > 1 && part.startsWith("0")) {
                return Optional.empty();
            }
        }
        boolean special = bytes[0] == 0 || bytes[0] == 127 || bytes[0] >= 224 || bytes[0] == 169 && bytes[1] == 254;
        return special ? Optional.empty() : Optional.of(address.group());
    }

    private static Optional<String> soundIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        List<String> head = groups(gap < 0 ? text : text.substring(0, gap));
        List<String> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2));
        int given = head.size() + tail.size();
        boolean formed = (gap < 0 ? given == GROUPS : given < GROUPS)
                && head.stream().allMatch(group -> GROUP.matcher(group).matches())
                && tail.stream().allMatch(group -> GROUP.matcher(group).matches());
        // Global and unique-local ones begin with something else than zeros; the special ones do not.
        if (!formed || head.isEmpty()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(head.getFirst(), 16);
        boolean global = first >> 13 == 1;
        boolean local = first >> 9 == 0xfc >> 1;
        return global || local ? Optional.of(text) : Optional.empty();
    }

    private static List<String> groups(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(":", -1));
    }
}
