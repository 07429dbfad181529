package io.paramedic.analyzer.feed;

/** The feed did not start; the message is for a person. */
public final class FeedCannotStart extends Exception {
    private static final long serialVersionUID = 1;

    FeedCannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
