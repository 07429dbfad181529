package io.paramedic.analyzer.sightings;

import io.paramedic.schemas.observation.HostObservation.HostFacts;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.util.List;

/**
 * What a host says of itself.
 *
 * @param facts as last published
 * @param unread what cannot be read on it
 */
public record Word(HostFacts facts, List<Unread> unread) {
    public Word {
        unread = List.copyOf(unread);
    }
}
