package io.paramedic.analyzer.incidents;

import io.paramedic.schemas.command.Command;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command that was given.
 *
 * @param command as it was given
 * @param standing whether its outcome is known
 * @param settle the command that is to settle it; absent where none was needed
 * @param wake append time at which it is looked at though nothing happens; absent where it is over
 */
public record CommandState(
        Command command,
        Standing standing,
        @Nullable UUID settle,
        @Nullable Instant wake) {
    public enum Standing {
        /** No final outcome yet. */
        OUT,
        /** Somebody was told to find out. */
        SETTLING,
        /** Its outcome is known, or never will be. */
        OVER
    }

    public UUID id() {
        return command.id();
    }

    public CommandState over() {
        return new CommandState(command, Standing.OVER, settle, null);
    }

    public CommandState settling(UUID by, Instant due) {
        return new CommandState(command, Standing.SETTLING, by, due);
    }
}
