package io.paramedic.actuator.service;

import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.topics.Problem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Refuses every command, because the log is not such that a lease on it could be trusted. Touches no host and no lease. */
final class ForbiddenCarrier implements Carrier {
    private final Outcomes outcomes;
    private final String why;

    ForbiddenCarrier(Outcomes outcomes, List<Problem> problems) {
        this.outcomes = outcomes;
        this.why = problems.stream()
                .map(Problem::text)
                .collect(Collectors.joining(
                        " ",
                        "no lease is taken on this log until it is corrected: ",
                        " Then start the actuator again."));
    }

    @Override
    public CompletableFuture<Void> ready() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean carryOut(Order order) throws InterruptedException {
        outcomes.tell(order.command(), null, new Outcome.Refused(Refusal.LEASE_DENIED, why));
        return true;
    }

    @Override
    public void lost() {}

    @Override
    public void close() {}
}
