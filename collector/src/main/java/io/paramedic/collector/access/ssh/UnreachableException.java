package io.paramedic.collector.access.ssh;

import io.paramedic.collector.access.CommandResult.Unreachable;

/** Carries an {@link Unreachable} out of straight-line code. It never leaves this package. */
final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Unreachable why;

    UnreachableException(Unreachable why) {
        super(why.sentence(), null, false, false);
        this.why = why;
    }

    UnreachableException(Unreachable.Kind kind, String sentence) {
        this(new Unreachable(kind, sentence, null));
    }

    Unreachable why() {
        return why;
    }
}
