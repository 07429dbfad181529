package io.paramedic.collector.sampling;

import io.paramedic.collector.dialect.GrantRow;
import io.paramedic.collector.dialect.ProcessRow;
import io.paramedic.collector.dialect.XeVm;
import io.paramedic.collector.dialect.XlInfo;
import io.paramedic.schemas.observation.HostObservation.Answer;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that one look has read so far. {@link Assembly} makes an observation of it.
 *
 * @param samples of the domains, oldest first, at least one
 * @param stores readings of xenstore, oldest first; empty where it did not answer
 * @param processes dom0's processes when last read; empty where they could not be
 * @param rounds each reading of xenstore with the processes that were read right after it, oldest first
 * @param reapers names of the domains whose {@code xl} still waits for them; null where that is not known
 * @param hostUuid this host in XAPI
 * @param info what Xen says of itself
 * @param grants by domid
 * @param records XAPI's records by uuid
 * @param xenstore how xenstore answered the first time
 * @param list how the tool that lists domains answered
 * @param unread what is missing and why
 */
record Gathered(
        String host,
        Toolstack toolstack,
        List<Sample> samples,
        List<Store> stores,
        List<ProcessRow> processes,
        List<Round> rounds,
        @Nullable Set<String> reapers,
        @Nullable UUID hostUuid,
        @Nullable XlInfo info,
        Map<Integer, GrantRow> grants,
        Map<UUID, XeVm> records,
        Answer xenstore,
        Answer list,
        List<Unread> unread) {
    /** Xenstore and the processes of one moment; joined with those of another they would show what never was. */
    record Round(Store store, List<ProcessRow> processes) {}
}
