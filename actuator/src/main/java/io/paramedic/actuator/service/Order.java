package io.paramedic.actuator.service;

import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;

/**
 * A command as it was delivered.
 *
 * @param partition of {@code commands}
 * @param offset in it
 */
record Order(int partition, long offset, Command command) {
    /** Whether this one must wait until the earlier one is finished. A question about an earlier command waits for nothing. */
    boolean waitsFor(Order earlier) {
        Command before = earlier.command;
        return !(command.step() instanceof Step.Settle)
                && command.pool().equals(before.pool())
                && (command.scope().overlaps(before.scope())
                        || command.step().on().host().equals(before.step().on().host()));
    }
}
