package io.paramedic.deploy.operator;

import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.overview.HostOverview.DomainLine;
import java.util.List;
import java.util.stream.Stream;

/** Finds what a person means by a word: an incident, or a VM by its name, its uuid or {@code HOST/DOMID}. */
public final class Search {
    private static final int SHORTEST_ID = 6;

    private Search() {}

    /** A domain and the host on which it is. */
    public record Found(HostOverview host, DomainLine domain) {}

    /** Incidents of that id or about that VM, the newest first. */
    public static List<Incident> incidents(String word, Situation situation) {
        List<String> named = domains(word, situation).stream()
                .flatMap(found -> Stream.ofNullable(found.domain().incident()))
                .toList();
        return situation.incidents().reversed().stream()
                .filter(one -> isCalled(one, word) || named.contains(one.id()) || isAbout(one.subject(), word))
                .toList();
    }

    /** Domains of that name, uuid or place. */
    public static List<Found> domains(String word, Situation situation) {
        return situation.hosts().stream()
                .flatMap(host -> host.domains().stream()
                        .filter(domain -> isCalled(host, domain, word))
                        .map(domain -> new Found(host, domain)))
                .toList();
    }

    /** By its id or the beginning of it, with the pool before it or without. */
    private static boolean isCalled(Incident incident, String word) {
        String id = word.startsWith(incident.pool() + "/")
                ? word.substring(incident.pool().length() + 1)
                : word;
        return id.equals(incident.id())
                || (id.length() >= SHORTEST_ID && incident.id().startsWith(id));
    }

    private static boolean isCalled(HostOverview host, DomainLine domain, String word) {
        return word.equals(domain.name())
                || word.equalsIgnoreCase(domain.handle().toString())
                || word.equals(host.host() + "/" + domain.domid())
                || (domain.vm() != null && isVm(domain.vm(), word));
    }

    private static boolean isAbout(Subject subject, String word) {
        return switch (subject) {
            case Subject.Domain(Incarnation one, VmId vm) ->
                (vm != null && isVm(vm, word)) || word.equals(one.host() + "/" + one.domid());
            case Subject.Vm one -> isVm(one.vm(), word);
            case Subject.Host one -> one.host().equals(word);
            case Subject.CommonCause _ -> false;
        };
    }

    private static boolean isVm(VmId vm, String word) {
        return switch (vm) {
            case VmId.ByUuid(var uuid) -> uuid.toString().equalsIgnoreCase(word);
            case VmId.ByName(String name) -> name.equals(word);
        };
    }
}
