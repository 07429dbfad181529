package io.paramedic.collector.access.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What {@code known_hosts} files say about a host's key. MINA's own reader is not used: it does not know on which
 * line an entry stands, and looks at the first entry of a host only, so that a revoked key further down would be
 * trusted.
 *
 * <p>A line that cannot be read trusts nobody. An {@code @cert-authority} line trusts certificates, which are not
 * used here, and never a plain key. An {@code @revoked} key is refused whatever other lines say.
 */
final class KnownHosts {
    /** What is known about a key that a host presented. */
    sealed interface Verdict {
        record Trusted() implements Verdict {}

        /** @param certified whether a certificate authority is known for the host, which would need a certificate */
        record Unknown(boolean certified) implements Verdict {}

        /** @param known the keys that would be right */
        record Changed(List<Entry> known) implements Verdict {}

        record Revoked(Entry by) implements Verdict {}
    }

    /** One line of a file. */
    record Entry(Path file, int line, Marker marker, String patterns, HostKey key) {
        boolean matches(String name) {
            return patterns.startsWith("|")
                    ? hashMatches(name)
                    : HostPatterns.match(List.of(patterns.split(",")), name);
        }

        private boolean hashMatches(String name) {
            String[] parts = patterns.split("\\|", -1);
            if (parts.length != 4 || !parts[1].equals("1")) {
                return false;
            }
            try {
                Mac mac = Mac.getInstance("HmacSHA1");
                mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
                byte[] hash = mac.doFinal(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
                return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                return false;
            }
        }

        String place() {
            return file + ":" + line;
        }
    }

    enum Marker {
        NONE,
        REVOKED,
        CERT_AUTHORITY
    }

    private final List<Entry> entries;

    private KnownHosts(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads the files; one that does not exist says nothing.
     *
     * @throws IOException if one exists and cannot be read, because then a revoked key could pass
     */
    static KnownHosts read(List<Path> files) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            try {
                // Some old files hold a name in Latin-1; such bytes must not make the others unreadable.
                parse(file, Files.readString(file, StandardCharsets.ISO_8859_1), entries);
            } catch (NoSuchFileException e) {
                continue;
            }
        }
        return new KnownHosts(entries);
    }

    static KnownHosts of(Path file, String text) {
        List<Entry> entries = new ArrayList<>();
        parse(file, text, entries);
        return new KnownHosts(entries);
    }

    /** Trusts these keys for one host and knows nothing of any other; a key that cannot be read trusts nobody. */
    static KnownHosts pinned(String host, int port, List<String> keys) {
        StringBuilder lines = new StringBuilder();
        keys.forEach(key -> lines.append(nameOf(host, port))
                .append(' ')
                .append(key.replace('\n', ' ').strip())
                .append('\n'));
        return of(Path.of("inventory"), lines.toString());
    }

    private static void parse(Path file, String text, List<Entry> into) {
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            Entry entry = entry(file, number, line.strip());
            if (entry != null) {
                into.add(entry);
            }
        }
    }

    private static @Nullable Entry entry(Path file, int number, String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return null;
        }
        List<String> fields = List.of(line.split("[ \t]+"));
        Marker marker = Marker.NONE;
        if (fields.getFirst().startsWith("@")) {
            switch (fields.getFirst()) {
                case "@revoked" -> marker = Marker.REVOKED;
                case "@cert-authority" -> marker = Marker.CERT_AUTHORITY;
                default -> {
                    return null;
                }
            }
            fields = fields.subList(1, fields.size());
        }
        if (fields.size() < 3) {
            return null;
        }
        try {
            HostKey key = new HostKey(Base64.getDecoder().decode(fields.get(2)));
            return key.type().equals(fields.get(1)) ? new Entry(file, number, marker, fields.get(0), key) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The name under which {@code known_hosts} files have a host. */
    static String nameOf(String host, int port) {
        String lower = host.toLowerCase(Locale.ROOT);
        return port == 22 ? lower : "[" + lower + "]:" + port;
    }

    Verdict verdict(String host, int port, HostKey presented) {
        Verdict verdict = verdict(nameOf(host, port), presented);
        // As OpenSSH does: a key that is known for the host on its usual port is the host's on another port too.
        boolean elsewhere = verdict instanceof Verdict.Unknown
                && port != 22
                && verdict(nameOf(host, 22), presented) instanceof Verdict.Trusted;
        return elsewhere ? new Verdict.Trusted() : verdict;
    }

    private Verdict verdict(String name, HostKey presented) {
        for (Entry entry : entries) {
            // A revoked key is bad wherever it turns up, so the host of the line counts only for the lines that trust.
            if (entry.marker() == Marker.REVOKED && entry.key().equals(presented)) {
                return new Verdict.Revoked(entry);
            }
        }
        List<Entry> known = forHost(name, Marker.NONE);
        if (known.stream().anyMatch(entry -> entry.key().equals(presented))) {
            return new Verdict.Trusted();
        }
        return known.isEmpty()
                ? new Verdict.Unknown(!forHost(name, Marker.CERT_AUTHORITY).isEmpty())
                : new Verdict.Changed(known);
    }

    /** The types of the keys that are known for a host, so that it can be asked for one of these. */
    List<String> types(String host, int port) {
        List<Entry> known = new ArrayList<>(forHost(nameOf(host, port), Marker.NONE));
        if (known.isEmpty()) {
            known.addAll(forHost(nameOf(host, 22), Marker.NONE));
        }
        return known.stream().map(entry -> entry.key().type()).distinct().toList();
    }

    private List<Entry> forHost(String name, Marker marker) {
        return entries.stream()
                .filter(entry -> entry.marker() == marker && entry.matches(name))
                .toList();
    }
}
