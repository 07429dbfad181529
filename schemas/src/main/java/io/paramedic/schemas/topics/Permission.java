package io.paramedic.schemas.topics;

import java.util.List;

/** What the state of the topics permits. */
public sealed interface Permission {
    /** Acting is permitted as far as the log is concerned; what remains is advice. */
    record MayAct() implements Permission {}

    /** Everything runs, and nothing is done to a host until these problems are corrected. */
    record MayOnlyObserve(List<Problem> problems) implements Permission {
        public MayOnlyObserve {
            problems = List.copyOf(problems);
        }
    }

    /** Nothing may start on this log until these problems are corrected. */
    record MayNotRun(List<Problem> problems) implements Permission {
        public MayNotRun {
            problems = List.copyOf(problems);
        }
    }

    /** The permission that follows from all problems together; each result names only what caused it. */
    static Permission from(List<Problem> problems) {
        List<Problem> forbidRunning = of(problems, Gravity.FORBIDS_RUNNING);
        if (!forbidRunning.isEmpty()) {
            return new MayNotRun(forbidRunning);
        }
        List<Problem> forbidActing = of(problems, Gravity.FORBIDS_ACTING);
        return forbidActing.isEmpty() ? new MayAct() : new MayOnlyObserve(forbidActing);
    }

    private static List<Problem> of(List<Problem> problems, Gravity gravity) {
        return problems.stream().filter(problem -> problem.gravity() == gravity).toList();
    }
}
