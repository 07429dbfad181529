package io.paramedic.collector.probing;

import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.inventory.Probe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which guest is asked what. Where nobody configured a probe over the network for a VM, the address that its guest reports is
 * asked for an echo.
 */
public final class ProbePlan {
    private ProbePlan() {}

    /**
     * A guest that runs.
     *
     * @param vm which VM it is; a guest whose VM is not known is not asked
     * @param names by which a probe may mean it
     * @param reported addresses that it reports
     */
    public record Guest(int domid, @Nullable VmId vm, Set<String> names, List<String> reported) {
        public Guest {
            names = Set.copyOf(names);
            reported = List.copyOf(reported);
        }

        private boolean isMeantBy(Probe probe) {
            return probe.vm().equals(Probe.EVERY_VM)
                    || names.contains(probe.vm())
                    || vm instanceof VmId.ByUuid(UUID uuid) && probe.vm().equals(uuid.toString());
        }
    }

    /**
     * One probe of one guest.
     *
     * @param words of the probe
     * @param question absent where it cannot be asked
     * @param hindrance why not, one word or words joined by hyphens
     */
    public record Planned(
            int domid,
            String words,
            boolean learnt,
            @Nullable Question question,
            String hindrance) {}

    /** All that is to be asked, in the order of the guests and probes. */
    public static List<Planned> of(List<Probe> probes, List<Guest> guests) {
        Map<Probe, Integer> meant = new HashMap<>();
        guests.forEach(guest ->
                probes.stream().filter(guest::isMeantBy).forEach(probe -> meant.merge(probe, 1, Integer::sum)));
        List<Planned> plan = new ArrayList<>();
        for (Guest guest : guests) {
            if (guest.vm() == null) {
                continue;
            }
            int before = plan.size();
            Set<String> planned = new HashSet<>();
            for (Probe probe : probes) {
                if (guest.isMeantBy(probe)) {
                    boolean alone = meant.getOrDefault(probe, 0) == 1;
                    planned(guest, probe, alone)
                            .filter(it -> planned.add(it.words()))
                            .ifPresent(plan::add);
                }
            }
            if (plan.size() == before) {
                ReportedAddress.best(guest.reported())
                        .map(Question.Echo::new)
                        .ifPresent(echo -> plan.add(new Planned(guest.domid(), echo.words(), true, echo, "")));
            }
        }
        return plan;
    }

    /** @param alone whether the probe means no other guest: an address that stands for two would speak for the wrong one */
    private static Optional<Planned> planned(Guest guest, Probe probe, boolean alone) {
        return switch (probe) {
            case Probe.Heartbeat _ -> Optional.empty();
            case Probe.Icmp icmp -> Optional.of(planned(guest, icmp.address(), alone, Question.Echo::new));
            case Probe.Tcp tcp ->
                Optional.of(planned(guest, tcp.address(), alone, at -> new Question.Connect(at, tcp.port())));
            case Probe.Http http ->
                Optional.of(planned(
                        guest,
                        http.address(),
                        alone,
                        at -> new Question.Get(at, http.port(), http.path(), http.tls())));
        };
    }

    private static Planned planned(
            Guest guest, @Nullable String given, boolean alone, Function<String, Question> question) {
        if (given != null) {
            Question asked = question.apply(given);
            return new Planned(
                    guest.domid(), asked.words(), false, alone ? asked : null, alone ? "" : "means-several-guests");
        }
        Optional<String> reported = ReportedAddress.best(guest.reported());
        Question asked = question.apply(reported.orElse("?"));
        return new Planned(
                guest.domid(),
                asked.words(),
                false,
                reported.isPresent() ? asked : null,
                reported.isPresent() ? "" : "no-address-reported");
    }
}
