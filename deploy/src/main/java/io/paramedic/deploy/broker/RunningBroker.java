package io.paramedic.deploy.broker;

import io.paramedic.schemas.log.KafkaConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the embedded broker that another process of this machine runs, by the directory of its data. */
public final class RunningBroker {
    private RunningBroker() {}

    /**
     * The way to the broker that serves from this directory.
     *
     * @return nothing where none does: it never started here, or the process that did has ended
     */
    public static Optional<KafkaConnection> in(Path directory) {
        try {
            String[] owner = Files.readString(directory.resolve(DataDirectory.OWNER), StandardCharsets.UTF_8)
                    .strip()
                    .split(" ");
            return owner.length == 2 && isAlive(owner[0])
                    ? Optional.of(KafkaConnection.plain(owner[1]))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static boolean isAlive(String pid) {
        try {
            return ProcessHandle.of(Long.parseLong(pid))
                    .map(ProcessHandle::isAlive)
                    .orElse(false);
        } catch (NumberFormatException _) {
            return false;
        }
    }
}
