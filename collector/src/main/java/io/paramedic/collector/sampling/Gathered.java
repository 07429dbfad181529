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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that one look has read so far. {@link Assembly} makes an observation of it.
 *
 * @param samples of the domains, oldest first, at least one
 * @param stores readings of xenstore, oldest first; empty where it did not answer
 * @param processes dom0's process tables, oldest first; empty where none could be read
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
        List<List<ProcessRow>> processes,
        @Nullable XlInfo info,
        Map<Integer, GrantRow> grants,
        Map<UUID, XeVm> records,
        Answer xenstore,
        Answer list,
        List<Unread> unread) {}
