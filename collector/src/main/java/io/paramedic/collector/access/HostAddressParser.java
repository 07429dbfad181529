package io.paramedic.collector.access;

import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one text as the address of a host and collects all that is wrong with it. */
final class HostAddressParser {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_.])?");
    private static final Pattern IPV6 = Pattern.compile("([0-9A-Fa-f:.]+)(%[A-Za-z0-9._-]+)?");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._\\\\$-]*");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private final String text;
    private final List<String> problems = new ArrayList<>();

    HostAddressParser(String text) {
        this.text = text;
    }

    HostAddress parse() {
        String rest = text.strip();
        if (rest.equals("local")) {
            return new HostAddress.Local();
        }
        rest = withoutScheme(rest);
        int at = rest.lastIndexOf('@');
        Optional<String> user = at < 0 ? Optional.empty() : Optional.of(user(rest.substring(0, at)));
        HostAndPort target = hostAndPort(rest.substring(at + 1));
        return problems.isEmpty()
                ? new HostAddress.Ssh(user, target.host(), target.port())
                : new HostAddress.Malformed(text, problems);
    }

    private String withoutScheme(String rest) {
        int end = rest.indexOf("://");
        if (end < 0) {
            return rest;
        }
        if (!rest.substring(0, end).equalsIgnoreCase("ssh")) {
            problems.add("\"%s\": the scheme %s is not known; use ssh://".formatted(text, rest.substring(0, end)));
        }
        String after = rest.substring(end + 3);
        return after.endsWith("/") ? after.substring(0, after.length() - 1) : after;
    }

    private String user(String user) {
        if (user.isEmpty()) {
            problems.add("\"%s\": there is no user before the @; leave the @ out, or write root@…".formatted(text));
        } else if (user.contains(":")) {
            problems.add("\"%s\": a password cannot be given here; Paramedic logs in with keys".formatted(text));
        } else if (!USER.matcher(user).matches()) {
            problems.add("\"%s\": \"%s\" is not a user name".formatted(text, user));
        }
        return user;
    }

    private HostAndPort hostAndPort(String rest) {
        if (rest.startsWith("[")) {
            return bracketed(rest);
        }
        int colon = rest.indexOf(':');
        if (colon >= 0 && rest.indexOf(':', colon + 1) >= 0) {
            return new HostAndPort(ipv6(rest), OptionalInt.empty());
        }
        String host = colon < 0 ? rest : rest.substring(0, colon);
        if (host.isEmpty()) {
            problems.add("\"%s\": there is no host; write a name such as root@xen-07".formatted(text));
        } else if (!NAME.matcher(host).matches()) {
            problems.add("\"%s\": \"%s\" is not a host name".formatted(text, host));
        }
        return new HostAndPort(host, colon < 0 ? OptionalInt.empty() : port(rest.substring(colon + 1)));
    }

    private HostAndPort bracketed(String rest) {
        int end = rest.indexOf(']');
        if (end < 0) {
            problems.add("\"%s\": the bracket is not closed; write [address]:port".formatted(text));
            return new HostAndPort(rest, OptionalInt.empty());
        }
        String inside = rest.substring(1, end);
        String host = inside.contains(":") ? ipv6(inside) : plain(inside);
        String after = rest.substring(end + 1);
        if (after.isEmpty()) {
            return new HostAndPort(host, OptionalInt.empty());
        }
        if (!after.startsWith(":")) {
            problems.add("\"%s\": after the bracket only :port may follow".formatted(text));
            return new HostAndPort(host, OptionalInt.empty());
        }
        return new HostAndPort(host, port(after.substring(1)));
    }

    private String plain(String host) {
        if (!NAME.matcher(host).matches()) {
            problems.add("\"%s\": \"%s\" is not a host name".formatted(text, host));
        }
        return host;
    }

    private String ipv6(String address) {
        if (!isIpv6(address)) {
            problems.add("\"%s\": \"%s\" is neither host:port nor an IPv6 address; write [address]:port"
                    .formatted(text, address));
        }
        return address;
    }

    private static boolean isIpv6(String address) {
        Matcher parts = IPV6.matcher(address);
        if (!parts.matches()) {
            return false;
        }
        try {
            return Inet6Address.ofLiteral(parts.group(1)) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private OptionalInt port(String port) {
        if (PORT.matcher(port).matches()) {
            int number = Integer.parseInt(port);
            if (number >= 1 && number <= 65535) {
                return OptionalInt.of(number);
            }
        }
        problems.add("\"%s\": the port \"%s\" is not a number from 1 to 65535".formatted(text, port));
        return OptionalInt.empty();
    }

    private record HostAndPort(String host, OptionalInt port) {}
}
