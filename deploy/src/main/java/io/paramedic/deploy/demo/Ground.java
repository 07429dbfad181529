package io.paramedic.deploy.demo;

import io.paramedic.deploy.demo.RingStarter.CannotStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the machine must have: the guard is a real program in a real shell also on simulated hosts, and what it needs of a
 * Linux host it needs here.
 */
final class Ground {
    private static final List<String> FOLDERS =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private Ground() {}

    /** @throws CannotStart where something is missing, with all of it */
    static void require() throws CannotStart {
        List<String> missing = Stream.concat(
                        Stream.of("flock", "setsid").filter(program -> !isThere(program)),
                        Stream.of("/proc/self/stat").filter(file -> !Files.isReadable(Path.of(file))))
                .toList();
        if (!missing.isEmpty()) {
            throw new CannotStart("The simulated hosts run Paramedic's guard in a real shell, and this machine lacks "
                    + String.join(" and ", missing)
                    + ". The demonstration needs Linux with util-linux; 'doctor' runs anywhere.");
        }
    }

    private static boolean isThere(String program) {
        return FOLDERS.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
