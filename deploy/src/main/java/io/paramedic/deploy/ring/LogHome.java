package io.paramedic.deploy.ring;

import java.nio.file.Path;

/** Where the log lives. */
public sealed interface LogHome {
    /**
     * In this process, or in the process of this machine that serves from the directory.
     *
     * @param directory of its data
     * @param port on 127.0.0.1; 0 takes any free one
     */
    record Embedded(Path directory, int port) implements LogHome {}

    /**
     * A Kafka that others run.
     *
     * @param settings a properties file as Kafka's own tools take it with {@code --command-config}
     */
    record External(Path settings) implements LogHome {}
}
