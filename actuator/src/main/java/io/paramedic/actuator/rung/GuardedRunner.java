package io.paramedic.actuator.rung;

import io.paramedic.actuator.guard.AnswerReader;
import io.paramedic.actuator.guard.GuardAnswer;
import io.paramedic.actuator.guard.GuardCall;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.lease.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs steps through the guard of the host. It keeps nothing between two calls: what a host knows of a command is on the host.
 * Safe for use by many threads at once, as far as the accesses are.
 */
public final class GuardedRunner implements StepRunner {
    /** After the act's end, how long a settling waits for its effect. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final Function<String, Optional<HostAccess>> hosts;
    private final Pause pause;

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    /**
     * @param hosts the way to a host by its name in the inventory; empty where the inventory has none
     * @param pause waits so long, for example {@code Thread::sleep}
     */
    public GuardedRunner(Function<String, Optional<HostAccess>> hosts, Pause pause) {
        this.hosts = hosts;
        this.pause = pause;
    }

    @Override
    public Ended run(Command command, FencingToken token, Duration patience) throws InterruptedException {
        return new Attempt(command, token, hosts, pause, patience).run();
    }

    @Override
    public Ended settle(Command original, FencingToken token) throws InterruptedException {
        return new Attempt(original, token, hosts, pause, SETTLING).settle();
    }

    @Override
    public Told tell(String host, Scope scope, FencingToken token) throws InterruptedException {
        return switch (ask(host, GuardCall.tell(scope, host, token))) {
            case GuardAnswer.Told(boolean busy, HostTime at) -> busy ? new Told.Busy(at) : new Told.Idle(at);
            case GuardAnswer other -> new Told.NotTold(host + ": " + Attempt.said(other));
        };
    }

    @Override
    public Enrolled enrol(String host, LogId log, long newest, boolean adopt) throws InterruptedException {
        return switch (ask(host, GuardCall.enrol(host, log, newest, adopt))) {
            case GuardAnswer.Enrolled(boolean already) -> already ? new Enrolled.Already() : new Enrolled.Done();
            case GuardAnswer.OtherLog(LogId there, long seen) ->
                new Enrolled.OtherLog(there, otherLog(host, log, there, seen));
            case GuardAnswer other -> new Enrolled.Failed(host + ": " + Attempt.said(other));
        };
    }

    private static String otherLog(String host, LogId ours, LogId there, long seen) {
        return ours.equals(there)
                ? ("%s has obeyed this log up to its record %d, and the log now ends before that: it was lost or made"
                                + " anew. If that is known and right, run: paramedic host adopt %s")
                        .formatted(host, seen, host)
                : ("%s obeys another log: topic %s of cluster %s, pool %s. If nobody acts by that one any more, run:"
                                + " paramedic host adopt %s")
                        .formatted(host, there.topic(), there.cluster(), there.pool(), host);
    }

    private GuardAnswer ask(String host, GuardCall call) throws InterruptedException {
        Optional<HostAccess> access = hosts.apply(host);
        return access.isEmpty()
                ? new GuardAnswer.NotReached("it is not in the inventory")
                : AnswerReader.read(call.id(), access.get().run(call.command()));
    }
}
