package io.paramedic.actuator.rung;

import io.paramedic.actuator.guard.AnswerReader;
import io.paramedic.actuator.guard.GuardAnswer;
import io.paramedic.actuator.guard.GuardAnswer.Fate;
import io.paramedic.actuator.guard.GuardAnswer.Scene;
import io.paramedic.actuator.guard.GuardCall;
import io.paramedic.actuator.rung.GuardedRunner.Pause;
import io.paramedic.actuator.rung.StepRunner.Ended;
import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One command on its way through the guard, from the first look to what became of it. Used once, by one thread. */
final class Attempt {
    /** One answer of the guard is waited for no longer than this, so that a connection is not held idle for minutes. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /** A tool that failed may have had its effect all the same, but then it shows soon; not so where XAPI does the work. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    /** What {@code xe} says when XAPI went away under it; what it asked for may be queued all the same (toolstack facts §3.1). */
    private static final String CONNECTION_LOST = "Lost connection to the server";

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(5);

    private final Command command;
    private final FencingToken token;
    private final String host;
    private final Function<String, Optional<HostAccess>> hosts;
    private final Pause pause;
    private final List<StepOutcome.Ran> transcript = new ArrayList<>();
    private Duration left;
    private Duration took = Duration.ZERO;
    private @Nullable HostTime at;

    Attempt(
            Command command,
            FencingToken token,
            Function<String, Optional<HostAccess>> hosts,
            Pause pause,
            Duration patience) {
        this.command = command;
        this.token = token;
        this.host = command.step().on().host();
        this.hosts = hosts;
        this.pause = pause;
        this.left = patience;
    }

    /** Runs the step, unless the host has heard of the command before; then it is only followed. */
    Ended run() throws InterruptedException {
        return switch (look()) {
            case GuardAnswer.Looked(boolean known, Scene scene) -> {
                Evidence.of(command.step(), scene, host, took).forEach(transcript::add);
                yield known ? follow(ask(GuardCall.result(command, token, atMost(LONGEST_WAIT)))) : begin(scene);
            }
            case GuardAnswer other -> ended(new Outcome.NotReached(host + ": nothing was done. " + said(other)));
        };
    }

    /** Finds out what became of the command, or sees to it that it never runs. */
    Ended settle() throws InterruptedException {
        return switch (ask(GuardCall.settle(command, token))) {
            case GuardAnswer.Known(Fate.Running running, HostTime time) -> {
                at = time;
                ran(running.transcript(), null);
                yield ended(new Outcome.Running(host + ": the act goes on"));
            }
            case GuardAnswer.Known known -> follow(known);
            case GuardAnswer.Refused refused -> ended(new Outcome.Refused(refused.reason(), say(refused.sentence())));
            case GuardAnswer.Garbled garbled -> ended(new Outcome.Garbled(garbled.quote(), say(garbled.sentence())));
            case GuardAnswer other -> ended(new Outcome.Unknown(host + ": it could not be settled. " + said(other)));
        };
    }

    private Ended begin(Scene scene) throws InterruptedException {
        return switch (Rungs.plan(command.step(), scene.toolstack())) {
            case Plan.Impossible(Refusal reason, String sentence) -> ended(new Outcome.Refused(reason, say(sentence)));
            case Plan.Possible plan -> {
                Outcome unsealed = command.step() instanceof Step.StartVm start ? seal(start) : null;
                yield unsealed != null
                        ? ended(unsealed)
                        : act(ask(GuardCall.act(command, token, plan.act(), atMost(LONGEST_WAIT))));
            }
        };
    }

    /** @return null where every host has sealed the VM */
    private @Nullable Outcome seal(Step.StartVm start) throws InterruptedException {
        for (String each : start.seals()) {
            GuardAnswer answer = ask(each, GuardCall.seal(command, start, each, token));
            String said = answer instanceof GuardAnswer.Sealed ? "nothing of the VM is here" : said(answer);
            transcript.add(new StepOutcome.Ran(each, "the guard seals the VM", null, said, "", took));
            switch (answer) {
                case GuardAnswer.Sealed _ -> {}
                case GuardAnswer.Refused(Refusal reason, String sentence, HostTime _)
                when reason == Refusal.NOT_SEALED -> {
                    return new Outcome.Refused(Refusal.NOT_SEALED, each + ": " + sentence);
                }
                case GuardAnswer other -> {
                    return new Outcome.Refused(
                            Refusal.SEAL_UNANSWERED,
                            each + " did not seal the VM, so it was not started. " + said(other));
                }
            }
        }
        return null;
    }

    /** What the guard says when it is asked to act; only here does a refusal mean that nothing was done. */
    private Ended act(GuardAnswer answer) throws InterruptedException {
        return switch (answer) {
            case GuardAnswer.Refused(Refusal reason, String sentence, HostTime time) -> {
                at = time;
                yield ended(new Outcome.Refused(reason, say(sentence)));
            }
            case GuardAnswer.NotReached(String sentence) -> ended(new Outcome.NotReached(say(sentence)));
            case GuardAnswer other -> follow(other);
        };
    }

    private Ended follow(GuardAnswer first) throws InterruptedException {
        GuardAnswer answer = first;
        while (answer instanceof GuardAnswer.Known(Fate.Running running, HostTime time)) {
            at = time;
            if (!hasTime()) {
                ran(running.transcript(), null);
                return ended(new Outcome.Running(host + ": the act goes on, and nobody cuts it off"));
            }
            rest(SHORT);
            answer = ask(GuardCall.result(command, token, atMost(LONGEST_WAIT)));
        }
        if (answer instanceof GuardAnswer.Known(Fate fate, HostTime time)) {
            at = time;
            return known(fate);
        }
        return resolve(answer);
    }

    /** The act may have begun. Asks until the host tells, or the time is over; a command that never began is buried. */
    private Ended resolve(GuardAnswer lost) throws InterruptedException {
        Duration nap = SHORT;
        while (true) {
            GuardAnswer answer = ask(GuardCall.settle(command, token));
            if (answer instanceof GuardAnswer.Known) {
                return follow(answer);
            }
            if (!hasTime()) {
                return ended(
                        lost instanceof GuardAnswer.Garbled(String quote, String sentence)
                                ? new Outcome.Garbled(quote, say(sentence))
                                : new Outcome.Unknown(
                                        host + ": the step may have run. " + said(lost) + " Then: " + said(answer)));
            }
            rest(nap);
            nap = longer(nap);
        }
    }

    private Ended known(Fate fate) throws InterruptedException {
        return switch (fate) {
            case Fate.Ended end -> {
                at = end.end();
                ran(end.transcript(), end.exit());
                yield verify(end);
            }
            case Fate.Unknown unknown -> {
                ran(unknown.transcript(), null);
                yield judgeUnknown(unknown);
            }
            case Fate.Tombstoned _ ->
                ended(new Outcome.Refused(Refusal.TOMBSTONED, host + ": it never began, and now it never can"));
            case Fate.NeverBegun _ ->
                ended(new Outcome.Refused(
                        Refusal.TOMBSTONED,
                        host + ": the guard was ended before it began the act, and now it never can"));
            case Fate.TooLate _ ->
                ended(new Outcome.Refused(
                        Refusal.EVIDENCE_TOO_OLD,
                        host + ": the evidence's deadline passed before the tool was started"));
            case Fate.None _ -> ended(new Outcome.Unknown(host + ": the host has forgotten the command"));
            case Fate.Running _ -> throw new IllegalStateException("a running act is followed");
        };
    }

    /** Looks until the effect is there, or was waited for long enough since the act's end, whoever waited. */
    private Ended verify(Fate.Ended end) throws InterruptedException {
        Duration window = Duration.ZERO;
        Duration waited = Duration.ZERO;
        Duration nap = SHORT;
        while (true) {
            Judged judged = judge();
            window = longest(window, window(judged, end.exit()));
            if (judged.verdict() instanceof Verification.Verdict.Seen(String proof)) {
                return ended(new Outcome.Done(say(proof)));
            }
            if (longest(waited, sinceEnd(end.end())).compareTo(window) >= 0) {
                return ended(withoutEffect(judged.verdict(), end));
            }
            if (!hasTime()) {
                return ended(new Outcome.Running(host + ": the act has ended, and its effect is awaited"));
            }
            rest(nap);
            waited = waited.plus(nap).plus(took);
            nap = longer(nap);
        }
    }

    private static Duration window(Judged judged, int exit) {
        boolean whole = exit == 0 || judged.goesOn() || judged.patience().compareTo(AFTER_FAILURE) < 0;
        return whole ? judged.patience() : AFTER_FAILURE;
    }

    /** By the host's own time at the last look, which goes on between two attempts; after a new boot at least its uptime. */
    private Duration sinceEnd(HostTime end) {
        HostTime now = at == null ? end : at;
        return now.bootId().equals(end.bootId()) ? now.uptime().minus(end.uptime()) : now.uptime();
    }

    private Outcome withoutEffect(Verification.Verdict verdict, Fate.Ended end) {
        return switch (verdict) {
            case Verification.Verdict.NotSeen(String sentence)
            when end.exit() != 0 && end.transcript().err().contains(CONNECTION_LOST) ->
                new Outcome.Unknown(
                        say(sentence) + ", and the tool lost its connection to XAPI, which may still do it");
            case Verification.Verdict.Seen(String proof) -> new Outcome.Done(say(proof));
            case Verification.Verdict.NotSeen(String sentence) ->
                new Outcome.Ineffective(say(sentence) + " (the tool's exit status was " + end.exit() + ")");
            case Verification.Verdict.Unclear(String why) ->
                new Outcome.Unknown(host + ": the act ended, and nobody could see its effect: " + why);
        };
    }

    /** An act that left no result has had its effect where its aim was that something is gone, and it is gone. */
    private Ended judgeUnknown(Fate.Unknown unknown) throws InterruptedException {
        Judged judged = judge();
        return judged.verdict() instanceof Verification.Verdict.Seen(String proof) && judged.aimsAtAbsence()
                ? ended(new Outcome.Done(say(proof) + " (" + unknown.why() + ")"))
                : ended(new Outcome.Unknown(say(unknown.why())));
    }

    /** @param goesOn whether the act may go on behind the tool that asked for it */
    private record Judged(Verification.Verdict verdict, Duration patience, boolean aimsAtAbsence, boolean goesOn) {}

    private Judged judge() throws InterruptedException {
        if (!(look() instanceof GuardAnswer.Looked(boolean _, Scene scene))) {
            return new Judged(new Verification.Verdict.Unclear("the host did not answer"), AFTER_FAILURE, false, false);
        }
        if (!(Rungs.plan(command.step(), scene.toolstack()) instanceof Plan.Possible plan)) {
            return new Judged(
                    new Verification.Verdict.Unclear("the host's tools are no longer there"),
                    AFTER_FAILURE,
                    false,
                    false);
        }
        at = scene.at() == null ? at : scene.at();
        return new Judged(
                plan.verification().judge(scene),
                plan.patience(),
                plan.verification() instanceof Verification.Gone,
                scene.toolstack() == Toolstack.XAPI);
    }

    private GuardAnswer look() throws InterruptedException {
        return ask(GuardCall.look(command.step(), command.id()));
    }

    private GuardAnswer ask(GuardCall call) throws InterruptedException {
        return ask(host, call);
    }

    private GuardAnswer ask(String whom, GuardCall call) throws InterruptedException {
        Optional<HostAccess> access = hosts.apply(whom);
        if (access.isEmpty()) {
            took = Duration.ZERO;
            return new GuardAnswer.NotReached(whom + " is not in the inventory");
        }
        CommandResult result = access.get().run(call.command());
        took = result.took();
        left = left.minus(took);
        return AnswerReader.read(call.id(), result);
    }

    private void rest(Duration time) throws InterruptedException {
        pause.pause(time);
        left = left.minus(time);
    }

    private boolean hasTime() {
        return left.isPositive();
    }

    private Duration atMost(Duration longest) {
        Duration bounded = left.compareTo(longest) < 0 ? left : longest;
        return bounded.isNegative() ? Duration.ZERO : bounded;
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static Duration longer(Duration nap) {
        Duration twice = nap.multipliedBy(2);
        return twice.compareTo(LONG) < 0 ? twice : LONG;
    }

    private void ran(GuardAnswer.Transcript printed, @Nullable Integer exit) {
        transcript.add(new StepOutcome.Ran(host, printed.line(), exit, printed.out(), printed.err(), took));
    }

    private Ended ended(Outcome outcome) {
        return new Ended(outcome, at, transcript);
    }

    private String say(String sentence) {
        return host + ": " + sentence;
    }

    /** What an answer that was not hoped for says, for people. */
    static String said(GuardAnswer answer) {
        return switch (answer) {
            case GuardAnswer.Refused refused -> refused.sentence();
            case GuardAnswer.NotReached notReached -> notReached.sentence();
            case GuardAnswer.Lost lost -> lost.sentence();
            case GuardAnswer.Garbled garbled -> garbled.sentence() + ": " + garbled.quote();
            case GuardAnswer.Known _,
                    GuardAnswer.Looked _,
                    GuardAnswer.Sealed _,
                    GuardAnswer.Told _,
                    GuardAnswer.Enrolled _,
                    GuardAnswer.OtherLog _ -> "the guard answered another question: " + answer;
        };
    }
}
