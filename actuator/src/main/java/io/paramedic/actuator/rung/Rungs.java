package io.paramedic.actuator.rung;

import io.paramedic.actuator.guard.GuardAct;
import io.paramedic.actuator.guard.GuardAct.Kind;
import io.paramedic.actuator.guard.GuardCall;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.command.Target;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which of the guard's acts does a step, and by what its effect is recognized. */
public final class Rungs {
    /** A domain is taken apart within seconds, a big one within minutes (lab facts 9, toolstack facts §8.16). */
    private static final Duration TEARDOWN = Duration.ofSeconds(60);

    /** A guest that took the request shuts its services down before it goes (toolstack facts §8.42). */
    private static final Duration CLEAN = Duration.ofMinutes(4);

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private Rungs() {}

    /** The plan for a step on a host of this toolstack. */
    public static Plan plan(Step step, Toolstack toolstack) {
        String unspeakable = GuardCall.unspeakable(step);
        if (unspeakable != null) {
            return impossible(unspeakable);
        }
        return switch (toolstack) {
            case XL -> xl(step);
            case XAPI -> xapi(step);
            case UNKNOWN -> impossible("neither xl nor XAPI's tools were found on the host; is the user root?");
        };
    }

    private static Plan xl(Step step) {
        return switch (step) {
            case Step.RebootCleanly(Target target) ->
                new Plan.Possible(on(Kind.XL_REBOOT, target), new Verification.Reborn(target), CLEAN);
            case Step.ShutDownCleanly(Target target) ->
                new Plan.Possible(on(Kind.XL_SHUT_DOWN, target), new Verification.Stopped(target), CLEAN);
            case Step.WithdrawShutdownRequest(Target target) -> withdraw(target);
            case Step.DestroyDomain(Target target, Step.@Nullable Configuration startsAgain) ->
                new Plan.Possible(
                        new GuardAct.OnDomain(Kind.XL_DESTROY, target, null, startsAgain),
                        new Verification.Gone(target),
                        TEARDOWN);
            case Step.ReapDomain(Target target) ->
                new Plan.Possible(on(Kind.XL_DESTROY, target), new Verification.Gone(target), TEARDOWN);
            case Step.StartVm start -> {
                Step.Configuration configuration = start.configuration();
                yield configuration == null
                        ? new Plan.Impossible(
                                Refusal.CONFIGURATION_MISMATCH, "xl starts a VM from a file, and none is known for it")
                        : new Plan.Possible(
                                new GuardAct.Start(Kind.XL_CREATE, null, configuration, start.traces()),
                                new Verification.Started(start.vm(), start.traces()),
                                START);
            }
            case Step.RebootHard _ -> impossible("xl has no forced reboot: destroy the domain, then start the VM");
            case Step.CancelTask _, Step.RestartToolstack _, Step.ResetPowerState _ ->
                impossible("a host driven by xl has no XAPI");
            case Step.CrashForDump _ -> byHand();
            case Step.Settle _ -> notAnAct();
        };
    }

    private static Plan xapi(Step step) {
        return switch (step) {
            case Step.RebootCleanly(Target target) ->
                ofVm(Kind.XAPI_REBOOT, target, new Verification.Reborn(target), CLEAN);
            case Step.ShutDownCleanly(Target target) ->
                ofVm(Kind.XAPI_SHUT_DOWN, target, new Verification.Stopped(target), CLEAN);
            case Step.WithdrawShutdownRequest(Target target) -> withdraw(target);
            case Step.RebootHard(Target target) ->
                ofVm(Kind.XAPI_REBOOT_HARD, target, new Verification.Reborn(target), START);
            case Step.DestroyDomain(Target target, Step.@Nullable Configuration _) ->
                ofVm(Kind.XAPI_DESTROY, target, new Verification.Gone(target), TEARDOWN);
            case Step.ReapDomain(Target target) ->
                ofVm(Kind.XAPI_DESTROY, target, new Verification.Gone(target), TEARDOWN);
            case Step.StartVm start ->
                start.vm() instanceof VmId.ByUuid(UUID vm)
                        ? new Plan.Possible(
                                new GuardAct.Start(Kind.XAPI_START, vm, null, start.traces()),
                                new Verification.Started(start.vm(), start.traces()),
                                START)
                        : withoutUuid();
            case Step.CancelTask cancel ->
                new Plan.Possible(new GuardAct.CancelTask(cancel.task()), new Verification.TaskOver(), START);
            case Step.RestartToolstack _ ->
                new Plan.Possible(new GuardAct.RestartToolstack(), new Verification.ApiAnswers(), START);
            case Step.ResetPowerState _ ->
                impossible(
                        "no reset of a power state is done by this version: it may let a VM run twice (toolstack facts"
                                + " §3.4.3). Prove that no host holds the VM, then use xe vm-reset-powerstate");
            case Step.CrashForDump _ -> byHand();
            case Step.Settle _ -> notAnAct();
        };
    }

    private static Plan ofVm(Kind kind, Target target, Verification verification, Duration patience) {
        return target.vm() instanceof VmId.ByUuid(UUID vm)
                ? new Plan.Possible(new GuardAct.OnDomain(kind, target, vm, null), verification, patience)
                : withoutUuid();
    }

    private static Plan withdraw(Target target) {
        return new Plan.Possible(on(Kind.WITHDRAW, target), new Verification.NothingAsked(target), AT_ONCE);
    }

    private static GuardAct on(Kind kind, Target target) {
        return new GuardAct.OnDomain(kind, target, null, null);
    }

    private static Plan withoutUuid() {
        return impossible("XAPI knows VMs by their uuid alone, and the step names none");
    }

    private static Plan byHand() {
        return impossible("no guest is crashed for a dump by this version; on the host it is done with"
                + " xen-hvmcrash DOMID, or xl dump-core DOMID FILE");
    }

    private static Plan notAnAct() {
        return impossible("settling is asked of the guard and is no act");
    }

    private static Plan impossible(String sentence) {
        return new Plan.Impossible(Refusal.NOT_POSSIBLE_HERE, sentence);
    }
}
