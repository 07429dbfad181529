package io.paramedic.analyzer.sightings;

import io.paramedic.schemas.diagnosis.Finding;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the last diagnosis made of a host.
 *
 * @param guests domains that are VMs
 * @param well those of them with which nothing is wrong
 * @param answering domains that answer a probe now
 * @param suspects domids of those that are looked at again with each beat
 * @param findings about the host as a whole
 * @param settles host uptime at which what changed last has stood long enough to be judged; absent where nothing changed
 */
public record Health(
        int guests,
        int well,
        int answering,
        List<Integer> suspects,
        List<Trouble> findings,
        @Nullable Duration settles) {
    static final Health UNKNOWN = new Health(0, 0, 0, List.of(), List.of(), null);

    public Health {
        suspects = List.copyOf(suspects);
        findings = List.copyOf(findings);
    }

    /**
     * @param finding about the host
     * @param since host uptime of the sample in which it was first seen
     */
    public record Trouble(Finding finding, Duration since) {}
}
