package io.paramedic.actuator.guard;

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

    /** Those of this machine, each program once; what every Xen host has beside them must be there. */
    public static List<Shell> here() {
        if (!Files.exists(Path.of("/proc/self/stat")) || !has("flock") || !has("setsid")) {
            throw new IllegalStateException(
                    "the guard's tests need /proc, flock and setsid, as every Xen host has them");
        }
        List<Shell> shells = Arrays.stream(values())
                .filter(shell -> has(shell.words.getFirst()))
                .filter(shell -> shell != SH || !isTested(program("sh")))
                .toList();
        if (shells.isEmpty()) {
            throw new IllegalStateException("no POSIX shell on this machine");
        }
        return shells;
    }

    /** Those whose programs can be taken away; busybox has some of its own inside. */
    static List<Shell> withoutOwnPrograms() {
        return here().stream().filter(shell -> shell != BUSYBOX).toList();
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
