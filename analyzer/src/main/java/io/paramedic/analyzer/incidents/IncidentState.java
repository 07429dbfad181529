package io.paramedic.analyzer.incidents;

import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An incident as people see it, and what is remembered beside.
 *
 * @param shown as people see it
 * @param care how far up the ladder
 * @param wake append time at which it is looked at though nothing happens; absent where it is not
 */
public record IncidentState(
        Incident shown, Care care, @Nullable Instant wake) {
    public String id() {
        return shown.id();
    }

    public Phase phase() {
        return shown.phase();
    }

    public boolean open() {
        return shown.closed() == null;
    }

    /** The incarnation that it is about; absent where it is about something else than one domain. */
    public @Nullable Incarnation incarnation() {
        return shown.subject() instanceof Subject.Domain domain ? domain.incarnation() : null;
    }

    public @Nullable VmId vm() {
        return switch (shown.subject()) {
            case Subject.Domain domain -> domain.vm();
            case Subject.Vm vm -> vm.vm();
            case Subject.Host _, Subject.CommonCause _ -> null;
        };
    }

    public boolean onHost(String host) {
        return switch (shown.subject()) {
            case Subject.Domain domain -> domain.incarnation().host().equals(host);
            case Subject.Host one -> one.host().equals(host);
            case Subject.Vm vm ->
                vm.incarnations().stream().anyMatch(i -> i.host().equals(host));
            case Subject.CommonCause cause -> cause.hosts().contains(host);
        };
    }

    public IncidentState with(Incident now) {
        return new IncidentState(now, care, wake);
    }

    public IncidentState with(Care now) {
        return new IncidentState(shown, now, wake);
    }

    public IncidentState wakingAt(@Nullable Instant due) {
        return new IncidentState(shown, care, due);
    }
}
