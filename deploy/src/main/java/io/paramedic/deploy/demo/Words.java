package io.paramedic.deploy.demo;

import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.incident.Phase;
import java.util.Locale;

/** The words of the contract as people say them. */
final class Words {
    private Words() {}

    static String rung(Step step) {
        return switch (step) {
            case Step.RebootCleanly _ -> "clean reboot";
            case Step.ShutDownCleanly _ -> "clean shutdown";
            case Step.WithdrawShutdownRequest _ -> "withdraw the request";
            case Step.CrashForDump _ -> "crash for a dump";
            case Step.RebootHard _ -> "hard reboot";
            case Step.DestroyDomain _ -> "destroy";
            case Step.ReapDomain _ -> "clear away";
            case Step.StartVm _ -> "start";
            case Step.ResetPowerState _ -> "reset the power state";
            case Step.CancelTask _ -> "cancel the task";
            case Step.RestartToolstack _ -> "restart the toolstack";
            case Step.Settle _ -> "settle";
        };
    }

    static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> "done";
            case Outcome.Ineffective _ -> "ineffective";
            case Outcome.Refused refused -> "refused: " + word(refused.reason());
            case Outcome.NotReached _ -> "not reached";
            case Outcome.Running _ -> "running";
            case Outcome.Unknown _ -> "unknown";
            case Outcome.Garbled _ -> "garbled";
        };
    }

    static String sentence(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done.proof();
            case Outcome.Ineffective not -> not.sentence();
            case Outcome.Refused refused -> refused.sentence();
            case Outcome.NotReached not -> not.sentence();
            case Outcome.Running running -> running.sentence();
            case Outcome.Unknown unknown -> unknown.sentence();
            case Outcome.Garbled garbled -> garbled.sentence();
        };
    }

    static String verdict(Verdict verdict) {
        return word(verdict);
    }

    static String phase(Phase phase) {
        return switch (phase) {
            case SUSPECTED -> "suspected";
            case CONFIRMED -> "confirmed";
            case INHIBITED -> "part of a larger incident";
            case AWAITING_APPROVAL -> "waits for a person";
            case ACTING -> "acting";
            case VERIFYING -> "watching the effect";
            case BLOCKED -> "blocked: a person must look";
            case EXHAUSTED -> "a person must act";
            case RECOVERED -> "over";
        };
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Control characters and those that turn the direction of writing made harmless, so that no name moves the cursor. */
    static String plain(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean harmless = type != Character.CONTROL
                    && type != Character.FORMAT
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR
                    && type != Character.SURROGATE;
            result.appendCodePoint(harmless ? c : '?');
        });
        return result.toString();
    }
}
