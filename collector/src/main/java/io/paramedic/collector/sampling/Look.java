package io.paramedic.collector.sampling;

import io.paramedic.collector.access.CommandResult.Unreachable;
import io.paramedic.schemas.observation.HostObservation;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.time.Duration;

/** What came of looking at a host. */
public sealed interface Look {
    Duration took();

    /** It answered; what it did not answer is among the unread of the observation. */
    record Seen(HostObservation observation, Duration took) implements Look {}

    /** It could not be asked. */
    record NotSeen(Unreachable why, Duration took) implements Look {}

    /** It took our connection and its shell gave no sense: not even its own clock could be read. */
    record Senseless(Unread why, Duration took) implements Look {}
}
