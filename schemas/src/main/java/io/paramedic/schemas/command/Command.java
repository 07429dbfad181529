package io.paramedic.schemas.command;

import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.lease.Scope;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step for one actuator. It may be delivered many times and is started at most once. It expires twice over, and no clock
 * but the two named here decides.
 *
 * @param id drawn by the analyzer; a retry is a new command with a new id
 * @param incident for which it is given
 * @param scope that must be leased, no smaller than what the step touches
 * @param step what to do
 * @param notAfter append time of the log after which it is refused
 * @param evidenceDeadline uptime of the step's host after which the evidence is too old, in the boot of that evidence
 * @param approval the proposal that a person approved; absent where policy needs none
 * @param why for people
 */
public record Command(
        UUID id,
        String incident,
        Scope scope,
        Step step,
        Instant notAfter,
        HostTime evidenceDeadline,
        @Nullable UUID approval,
        String why) {
    public Command {
        if (!evidenceDeadline.bootId().equals(step.on().bootId())) {
            throw new IllegalArgumentException("the evidence is of another boot than the step");
        }
        String host = step.on().host();
        boolean covered = switch (scope) {
            case Scope.Pool _ -> true;
            case Scope.Host whole -> whole.host().equals(host);
            case Scope.Vm one -> one.host().equals(host);
        };
        if (!covered) {
            throw new IllegalArgumentException("the scope does not cover the step's host " + host);
        }
    }

    public String pool() {
        return scope.pool();
    }
}
