package io.paramedic.actuator.service;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Decoded;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds commands that were ordered long ago, by reading. That is rare, so nothing is kept for it. */
final class CommandArchive {
    private static final Duration POLL = Duration.ofMillis(200);

    private final SharedLog log;

    CommandArchive(SharedLog log) {
        this.log = log;
    }

    /** The command of this id among all that are retained on the partition now. */
    Optional<Command> find(int partition, UUID command) throws InterruptedException {
        try (SharedLog.Pages pages = log.read(Topic.COMMANDS, List.of(partition))) {
            Map<Integer, Long> ends = pages.ends();
            while (!pages.isPast(ends)) {
                for (Line line : pages.poll(POLL)) {
                    if (Contract.COMMANDS.decode(line.bytes()) instanceof Decoded.Ok<Command>(Command found)
                            && found.id().equals(command)) {
                        return Optional.of(found);
                    }
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return Optional.empty();
        }
    }
}
