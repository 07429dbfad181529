package io.paramedic.actuator.guard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The shells in which the guard must be the same program. */
public enum Shell {
    SH(List.of("sh")),
    DASH(List.of("dash")),
    BASH(List.of("bash")),
    BUSYBOX(List.of("busybox", "sh"));

    private static final List<Path> FOLDERS = Stream.of("/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin")
            .map(Path::of)
            .toList();

    private final List<String> words;

    Shell(List<String> words) {
        this.words = words;
    }

    /** How it is started, for a script. */
    String line() {
        return words.size() == 1
                ? program(words.getFirst()).toString()
                : program(words.getFirst()) + " " + words.get(1);
    }

    /** Skips the test, visibly, where the shell or what the guard cannot do without is not on this machine. */
    public void assumeUsable() {
        assumeTrue(this != SH || !isTested(program("sh")), "sh is one of the other shells on this machine");
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "no /proc on this machine, which every Xen host has");
        for (String needed : List.of(words.getFirst(), "flock", "setsid")) {
            assumeTrue(has(needed), needed + " is not on this machine");
        }
    }

    private static boolean isTested(Path sh) {
        return Stream.of("dash", "bash", "busybox")
                .filter(Shell::has)
                .anyMatch(other -> real(sh).equals(real(program(other))));
    }

    private static Path real(Path program) {
        try {
            return program.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean has(String program) {
        return FOLDERS.stream().anyMatch(folder -> Files.isExecutable(folder.resolve(program)));
    }

    public static Path program(String name) {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        name + " is not on this machine; folders: " + Arrays.toString(FOLDERS.toArray())));
    }
}
