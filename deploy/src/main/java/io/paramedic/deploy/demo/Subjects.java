package io.paramedic.deploy.demo;

import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Subject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What incidents are about, by the names of the story. */
final class Subjects {
    private final Map<UUID, String> names;

    /** @param names of the story's guests */
    Subjects(Map<UUID, String> names) {
        this.names = Map.copyOf(names);
    }

    static Subjects of(Story story) {
        return new Subjects(story.guests().stream().collect(Collectors.toMap(Story.Guest::vm, Story.Guest::name)));
    }

    /** Whether the incident is about the incarnation that the fault befell, or about its VM. */
    static boolean isAbout(Incident incident, Injected fault) {
        return switch (incident.subject()) {
            case Subject.Domain domain ->
                (domain.incarnation().host().equals(fault.host())
                                && domain.incarnation().domid() == fault.domid())
                        || isOf(domain.vm(), fault);
            case Subject.Vm vm -> isOf(vm.vm(), fault);
            case Subject.Host _, Subject.CommonCause _ -> false;
        };
    }

    private static boolean isOf(@Nullable VmId vm, Injected fault) {
        return switch (vm) {
            case VmId.ByUuid uuid -> uuid.uuid().equals(fault.vm());
            case VmId.ByName name -> name.name().equals(fault.name());
            case null -> false;
        };
    }

    /** For people: the VM's name, or the host. */
    String name(Subject subject) {
        return switch (subject) {
            case Subject.Domain domain ->
                domain.vm() == null
                        ? "domain " + domain.incarnation().domid() + " on "
                                + domain.incarnation().host()
                        : name(domain.vm());
            case Subject.Vm vm -> name(vm.vm());
            case Subject.Host host -> host.host();
            case Subject.CommonCause cause -> cause.what();
        };
    }

    String name(VmId vm) {
        return switch (vm) {
            case VmId.ByUuid uuid -> names.getOrDefault(uuid.uuid(), uuid.uuid().toString());
            case VmId.ByName name -> name.name();
        };
    }

    /** The hosts on which it is; none where that is not known. */
    static List<String> hosts(Subject subject) {
        return switch (subject) {
            case Subject.Domain domain -> List.of(domain.incarnation().host());
            case Subject.Vm vm ->
                vm.incarnations().stream().map(i -> i.host()).distinct().toList();
            case Subject.Host host -> List.of(host.host());
            case Subject.CommonCause cause -> cause.hosts();
        };
    }
}
