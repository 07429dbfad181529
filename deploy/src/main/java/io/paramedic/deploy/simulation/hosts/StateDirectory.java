package io.paramedic.deploy.simulation.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The directory in which the real shells of one simulated host live: their home, their temporary files, and the stand-ins
 * for its programs. A stand-in hands its words to the simulation through named pipes, so that a process which has outlived
 * its SSH connection still reaches its host.
 */
final class StateDirectory {
    /** Programs of this machine, behind the stand-ins. */
    static final String REAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final String STAND_IN = """
        #!/bin/sh
        # Stand-in for a program of a simulated host: asks the simulation and passes on what it answers.
        state='@STATE@'
        program=${0##*/}
        stand_ins=$PATH
        PATH='@PATH@'
        export PATH
        case $program in
        cat | sha256sum)
            # Other files are those of this machine, and reading them needs no leave of the host.
            [ $# -gt 0 ] || exec "$program"
            for file in "$@"; do
                case $file in
                /proc/* | /etc/* | --) ;;
                *) exec "$program" "$@" ;;
                esac
            done
            ;;
        esac
        call=$state/calls/$$
        mkdir "$call" && mkfifo "$call/out" "$call/err" "$call/status" || exit 127
        for word in "$program" "$@"; do printf '%s\\0' "$word"; done >"$call/argv"
        cat <"$call/out" &
        cat <"$call/err" >&2 &
        echo "$$ ${PARAMEDIC_LINE:-0} ${PARAMEDIC_ROOT:-0}" >"$state/requests" || exit 127
        read -r status <"$call/status"
        wait
        rm -rf "$call"
        [ "$status" = pass ] || exit "${status:-127}"
        real=$(command -v "$program") || exit 127
        # What the real program runs is again of the simulated host.
        PATH=$stand_ins
        exec "$real" "$@"
        """;

    private static final String SUDO = """
        #!/bin/sh
        # The part of sudo that Paramedic uses: no password, then the command.
        while [ "${1-}" = -n ] || [ "${1-}" = -E ]; do shift; done
        [ "${1-}" = -- ] && shift
        PARAMEDIC_ROOT=1
        export PARAMEDIC_ROOT
        exec "$@"
        """;

    private final Path root;

    private StateDirectory(Path root) {
        this.root = root;
    }

    /** Fills a directory with the stand-ins for {@code programs}. */
    static StateDirectory create(Path root, Set<String> programs) throws IOException, InterruptedException {
        StateDirectory state = new StateDirectory(root);
        Files.createDirectories(state.calls());
        Files.createDirectories(state.home());
        Files.createDirectories(state.temporary());
        Files.createDirectories(state.bin());
        Files.createDirectories(state.guard());
        Path standIn = root.resolve("stand-in");
        program(standIn, STAND_IN.replace("@STATE@", root.toString()).replace("@PATH@", REAL_PATH));
        for (String name : programs) {
            Files.createSymbolicLink(state.bin().resolve(name), standIn);
        }
        program(state.bin().resolve("sudo"), SUDO);
        namedPipe(state.requests());
        return state;
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void namedPipe(Path path) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("mkfifo", path.toString())
                .redirectErrorStream(true)
                .start();
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("cannot make the named pipe " + path + ": is mkfifo there, and the disk not full?");
        }
    }

    Path root() {
        return root;
    }

    Path home() {
        return root.resolve("home");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    /** What a real host keeps in {@code /var/lib/paramedic}; like there, a reboot leaves it as it is. */
    Path guard() {
        return root.resolve("paramedic");
    }

    Path bin() {
        return root.resolve("bin");
    }

    Path calls() {
        return root.resolve("calls");
    }

    Path requests() {
        return root.resolve("requests");
    }

    /** Removes a directory with all that is in it; what vanishes meanwhile is no problem. */
    static void remove(Path directory) {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // A process that is just ending may still have written there; the directory is a temporary one.
            return;
        }
    }
}
