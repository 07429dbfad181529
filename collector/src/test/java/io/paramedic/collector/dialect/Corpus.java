package io.paramedic.collector.dialect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The captures under {@code src/test/resources/corpus}, read from the source tree so that an unused file is seen. */
final class Corpus {
    static final Path ROOT = Path.of("src", "test", "resources", "corpus");
    private static final String NONE = "-";

    private Corpus() {}

    /**
     * @param name the path of its files without their endings
     * @param out what reads its standard output, or {@code -}
     * @param err what reads its standard error, or {@code -}
     * @param why why something of it is not read
     */
    record Case(String name, String out, String err, String why) {
        boolean isRead() {
            return !out.equals(NONE) || !err.equals(NONE);
        }

        boolean outIsRead() {
            return !out.equals(NONE);
        }

        boolean errIsRead() {
            return !err.equals(NONE);
        }

        String stdout() {
            return text(name + ".out");
        }

        String stderr() {
            return text(name + ".err");
        }

        Path expected() {
            return ROOT.resolve(name + ".expected.txt");
        }
    }

    static List<Case> cases() {
        return text("manifest.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| ?", -1))
                .map(cells -> new Case(cells[0], cells[1], cells[2], cells.length > 3 ? cells[3] : ""))
                .toList();
    }

    /** A capture's standard output by the case's name. */
    static String out(String name) {
        return text(name + ".out");
    }

    /** The text of a file; empty where a capture has no such file. */
    static String text(String file) {
        Path path = ROOT.resolve(file);
        try {
            return Files.exists(path) ? Files.readString(path, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> files() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile)
                    .map(path -> ROOT.relativize(path).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
