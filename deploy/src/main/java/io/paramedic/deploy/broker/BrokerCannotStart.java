package io.paramedic.deploy.broker;

import org.jspecify.annotations.Nullable;

/** The embedded broker could not start. The message is for a person: it names the thing, the cause and the next step. */
public final class BrokerCannotStart extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    BrokerCannotStart(Reason reason, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    BrokerCannotStart(Reason reason, String sentence) {
        this(reason, sentence, null);
    }

    public Reason reason() {
        return reason;
    }

    /** Why, for programs. */
    public enum Reason {
        /** Another program listens on the port. */
        PORT_TAKEN,
        /** It is not a directory, or it cannot be created or written. */
        DIRECTORY_UNUSABLE,
        /** Another broker, in this process or another, has its data there. */
        DIRECTORY_IN_USE,
        /** It holds something that this broker did not write. */
        DIRECTORY_FOREIGN,
        /** A newer release has written there in a way that this one cannot read. */
        DIRECTORY_NEWER,
        /** The file system is full or nearly so. */
        DISK_FULL,
        /** Kafka failed within, or took too long. */
        FAILED
    }
}
