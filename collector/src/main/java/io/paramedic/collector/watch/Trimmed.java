package io.paramedic.collector.watch;

import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals;
import io.paramedic.schemas.observation.DomainSignals.XapiRecord;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bounds what owners of VMs and processes can make as long as they like, so that each sighting fits onto its topic. */
final class Trimmed {
    private static final int MOST_PROCESSES = 32;
    private static final int MOST_UNREAD = 64;
    private static final int MOST_FLAGS = 32;
    private static final int LONGEST = 1_024;

    private Trimmed() {}

    static DomainObservation domain(DomainObservation whole, DomainSignals signals) {
        List<String> flags = whole.flags();
        return new DomainObservation(
                whole.domid(),
                whole.handle(),
                whole.name() == null ? null : cut(whole.name()),
                whole.type(),
                whole.typeSource(),
                whole.vcpusOnline(),
                whole.memoryMib(),
                whole.memoryChangeMib(),
                whole.condition(),
                flags.subList(Math.max(0, flags.size() - MOST_FLAGS), flags.size()),
                whole.cpuTime(),
                whole.cpuUsed(),
                whole.cpuResolution(),
                signals);
    }

    static List<String> processes(List<String> whole) {
        return whole.stream().limit(MOST_PROCESSES).map(Trimmed::cut).toList();
    }

    static @Nullable XapiRecord record(@Nullable XapiRecord whole) {
        return whole == null
                ? null
                : new XapiRecord(
                        whole.uuid(),
                        cut(whole.nameLabel()),
                        whole.powerState(),
                        whole.domid(),
                        cut(whole.currentOperations()),
                        whole.controlDomain(),
                        whole.residentOn());
    }

    /** The first, and one that tells how many more there are: none is left out in silence. */
    static List<Unread> unread(List<Unread> whole) {
        List<Unread> kept = new ArrayList<>();
        whole.stream()
                .limit(MOST_UNREAD)
                .map(piece -> new Unread(
                        cut(piece.what()), cut(piece.why()), piece.quote() == null ? null : cut(piece.quote())))
                .forEach(kept::add);
        if (whole.size() > MOST_UNREAD) {
            kept.add(new Unread("more", "could not be read either: " + (whole.size() - MOST_UNREAD) + " pieces", null));
        }
        return kept;
    }

    static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end);
    }
}
