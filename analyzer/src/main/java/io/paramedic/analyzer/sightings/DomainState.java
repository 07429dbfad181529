package io.paramedic.analyzer.sightings;

import io.paramedic.analyzer.witness.Vitals;
import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One domain as it was last published. All moments are host uptime of its boot.
 *
 * @param host where it is
 * @param bootId the boot of that host
 * @param watched as published
 * @param window over which that was observed
 * @param changed when it was last published because something changed
 * @param vitals what its incarnation has shown so far
 * @param verdict of the last diagnosis
 * @param since when that verdict was first reached
 * @param finding with that verdict; absent where nothing is wrong
 */
public record DomainState(
        String host,
        UUID bootId,
        WatchedDomain watched,
        Duration window,
        Duration changed,
        Vitals vitals,
        Verdict verdict,
        Duration since,
        @Nullable Finding finding) {
    public int domid() {
        return watched.observation().domid();
    }

    public DomainKey key() {
        return new DomainKey(host, domid());
    }

    public @Nullable VmId vm() {
        return watched.vm();
    }

    public Incarnation incarnation() {
        return new Incarnation(host, bootId, domid(), watched.observation().handle());
    }

    public DomainState judged(Verdict now, Duration from, @Nullable Finding because) {
        return new DomainState(host, bootId, watched, window, changed, vitals, now, from, because);
    }

    /** First seen, or seen as another incarnation than before. */
    public static DomainState begin(String host, UUID bootId, WatchedDomain domain, Duration window, Duration uptime) {
        return new DomainState(
                host,
                bootId,
                domain,
                window,
                uptime,
                Vitals.begin(uptime).after(domain.observation(), uptime),
                Verdict.IN_FLIGHT,
                uptime,
                null);
    }

    /** Published again; another handle is another incarnation, and nothing that was learnt of the old one holds. */
    public DomainState after(UUID boot, WatchedDomain domain, Duration over, Duration uptime) {
        if (!boot.equals(bootId)
                || !domain.observation().handle().equals(watched.observation().handle())) {
            return begin(host, boot, domain, over, uptime);
        }
        return new DomainState(
                host,
                bootId,
                domain,
                over,
                Essence.same(watched, domain) ? changed : uptime,
                vitals.after(domain.observation(), uptime),
                verdict,
                since,
                finding);
    }
}
