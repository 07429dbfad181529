package io.paramedic.collector.access.ssh;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an {@code ssh_config} says about one host: as in OpenSSH the first value of a keyword counts, except that all
 * {@code IdentityFile}s do. {@code Include} is followed; of {@code Match}, {@code all}, {@code host} and
 * {@code originalhost} are understood, and a section with any other criterion is passed over (nothing is executed).
 * Unknown keywords are ignored.
 *
 * <p>MINA's own reader is not used: it gives up on the whole file at the first {@code Match}, and takes any line with a
 * {@code =} in its value for {@code keyword=value}.
 */
final class SshConfig {
    private static final int MAX_DEPTH = 16;

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final String alias;
    private final Path home;

    private SshConfig(String alias, Path home) {
        this.alias = alias;
        this.home = home;
    }

    /**
     * Reads what a file says about a host; a file that does not exist says nothing.
     *
     * @throws IOException if it exists and cannot be read, or is malformed: the message names file and line
     */
    static SshConfig read(Optional<Path> file, String alias, Path home) throws IOException {
        SshConfig config = new SshConfig(alias, home);
        if (file.isPresent() && Files.exists(file.get())) {
            config.parse(file.get(), true, 0);
        }
        return config;
    }

    /** The first value of a keyword. */
    Optional<String> first(String keyword) {
        return all(keyword).stream().findFirst();
    }

    /** All values of a keyword. */
    List<String> all(String keyword) {
        return values.getOrDefault(keyword.toLowerCase(Locale.ROOT), List.of());
    }

    /** Which of two keywords came first, of those that are there. */
    boolean before(String keyword, String other) {
        List<String> order = List.copyOf(values.keySet());
        int first = order.indexOf(keyword.toLowerCase(Locale.ROOT));
        int second = order.indexOf(other.toLowerCase(Locale.ROOT));
        return first >= 0 && (second < 0 || first < second);
    }

    private void parse(Path file, boolean applies, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException(file + ": Include goes deeper than " + MAX_DEPTH + " files");
        }
        boolean active = applies;
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            List<String> words = words(line, file, number);
            if (words.isEmpty()) {
                continue;
            }
            String keyword = words.getFirst().toLowerCase(Locale.ROOT);
            List<String> arguments = words.subList(1, words.size());
            if (arguments.isEmpty()) {
                throw new IOException("%s:%d: %s needs a value".formatted(file, number, words.getFirst()));
            }
            switch (keyword) {
                case "host" -> active = applies && HostPatterns.match(arguments, alias);
                case "match" -> active = applies && matches(arguments);
                case "include" -> include(file, arguments, active, depth);
                default -> {
                    if (active) {
                        keep(keyword, arguments);
                    }
                }
            }
        }
    }

    private void keep(String keyword, List<String> arguments) {
        List<String> known = values.computeIfAbsent(keyword, _ -> new ArrayList<>());
        switch (keyword) {
            case "identityfile" -> known.add(arguments.getFirst());
            case "userknownhostsfile" -> {
                if (known.isEmpty()) {
                    known.addAll(arguments);
                }
            }
            default -> known.add(String.join(" ", arguments));
        }
    }

    private boolean matches(List<String> criteria) {
        boolean all = true;
        for (int i = 0; i < criteria.size(); i++) {
            String criterion = criteria.get(i).toLowerCase(Locale.ROOT);
            String name = switch (criterion) {
                case "all" -> "";
                case "host" -> first("HostName").orElse(alias).replace("%h", alias);
                case "originalhost" -> alias;
                default -> null;
            };
            if (name == null) {
                return false;
            }
            if (!criterion.equals("all")) {
                i++;
                all &= i < criteria.size()
                        && HostPatterns.match(List.of(criteria.get(i).split(",")), name);
            }
        }
        return all;
    }

    private void include(Path from, List<String> patterns, boolean active, int depth) throws IOException {
        for (String pattern : patterns) {
            Path path = expandHome(pattern, home);
            Path absolute = path.isAbsolute() ? path : home.resolve(".ssh").resolve(path);
            for (Path file : glob(absolute)) {
                if (!file.equals(from)) {
                    parse(file, active, depth + 1);
                }
            }
        }
    }

    /** Stars only in the last part of the path, which is where people write them. */
    private static List<Path> glob(Path pattern) throws IOException {
        Path folder = pattern.getParent();
        Path last = pattern.getFileName();
        if (folder == null || last == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, last.toString())) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    found.add(file);
                }
            }
        }
        found.sort(null);
        return found;
    }

    /** A file name with {@code ~} for the home folder. */
    static Path expandHome(String path, Path home) {
        if (path.equals("~")) {
            return home;
        }
        return path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path);
    }

    /** Words are parted by blanks; the first may be parted from the second by {@code =}; quotes hold words together. */
    private static List<String> words(String line, Path file, int number) throws IOException {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean equalsSign = c == '=' && !quoted && (words.isEmpty() ? inWord : words.size() == 1 && !inWord);
            if (c == '"') {
                quoted = !quoted;
                inWord = true;
            } else if (!quoted && c == '#' && !inWord) {
                break;
            } else if (!quoted && (Character.isWhitespace(c) || equalsSign)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quoted) {
            throw new IOException("%s:%d: a quote is not closed".formatted(file, number));
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
