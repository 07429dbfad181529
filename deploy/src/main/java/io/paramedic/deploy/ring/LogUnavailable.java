package io.paramedic.deploy.ring;

/** The log cannot be used. The message is for a person: the cause, and the next step. */
public final class LogUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    LogUnavailable(String sentence) {
        super(sentence);
    }

    LogUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
