package io.paramedic.schemas.overview;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.identity.Names;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the analyzer knows of one host, as it stands now; the last record of its key is the whole truth. Written when
 * something on the host changed, not with each beat: that a host has gone silent is said here, how long it has been quiet
 * and well is not.
 *
 * @param pool of the host
 * @param host its name in the inventory
 * @param mode of the pool
 * @param live whether the analyzer read the log as it grew when it wrote this
 * @param standing how far what is known of the host can be relied upon
 * @param sentence why it stands so, for people
 * @param toolstack absent while the host was never seen
 * @param seen the host's time at the last sample that is contained; absent while it was never seen
 * @param findings about the host as a whole, the gravest first
 * @param domains ascending by domid; the first {@link #MOST_DOMAINS} at most
 * @param omitted how many more there are
 * @param holds the pauses and holds that cover the host, a sentence each
 * @param changed append time of the event that led to this
 */
public record HostOverview(
        String pool,
        String host,
        Mode mode,
        boolean live,
        Standing standing,
        String sentence,
        @Nullable Toolstack toolstack,
        @Nullable HostTime seen,
        List<Finding> findings,
        List<DomainLine> domains,
        int omitted,
        List<String> holds,
        Instant changed) {
    /** Keeps the record well below what fits on a topic. */
    public static final int MOST_DOMAINS = 1_000;

    public HostOverview {
        Names.requirePool(pool);
        Names.requireHost(host);
        findings = List.copyOf(findings);
        domains = List.copyOf(domains);
        holds = List.copyOf(holds);
    }

    /** The key on the topic. */
    public String key() {
        return pool + "/" + host;
    }

    /** How far what is known of a host can be relied upon. */
    public enum Standing {
        /** In the inventory, and nothing was heard of it yet. */
        AWAITED,
        /** Complete: steps may be decided on it. */
        TRUSTED,
        /** Something is missing or contradictory; nothing is decided on it until a snapshot has healed it. */
        DOUBTED,
        /** Nothing is heard of it, or it does not answer its collector. */
        SILENT,
        /** A command on it could not be settled; a person must unblock it. */
        BLOCKED
    }

    /**
     * One domain.
     *
     * @param domid Xen's number for it
     * @param handle the uuid in the hypervisor
     * @param vm absent where it was never known
     * @param name as xenstore has it; absent where it has none
     * @param condition what the hypervisor shows
     * @param verdict what the analyzer makes of it
     * @param witnesses the independent channels by which it could be told hung from idle, for example {@code heartbeat},
     *     {@code probe}, {@code vcpu}; two are needed
     * @param incident the open incident about it; absent where there is none
     */
    public record DomainLine(
            int domid,
            UUID handle,
            @Nullable VmId vm,
            @Nullable String name,
            Condition condition,
            Verdict verdict,
            List<String> witnesses,
            @Nullable String incident) {
        public DomainLine {
            witnesses = List.copyOf(witnesses);
        }
    }
}
