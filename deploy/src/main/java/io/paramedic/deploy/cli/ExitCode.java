package io.paramedic.deploy.cli;

/**
 * What a script may rely on. The table in {@code deploy/docs/exit-codes.md} is this list; a number never changes its
 * meaning.
 */
public enum ExitCode {
    OK(0, "Done; what a verdict needs was read, and nothing is sick."),
    SICK(1, "Something sick, or suspected to be, was found."),
    USAGE(2, "The command line is not understood; nothing was done."),
    NOT_REACHED(3, "A host could not be reached, or did not let us in."),
    NOT_READ(
            4,
            "A host was reached and could not be read, or only in part: a tool hangs, fails or is missing, or its"
                    + " output is not understood."),
    HOST_KEY(5, "A host's key is unknown, or is another one than before."),
    NO_LOG(6, "The log (Kafka) could not be reached or used; nothing was done."),
    NOT_DONE(7, "What was asked for was not done; the message says why."),
    /** Given by the launcher alone, never by the program. */
    CANNOT_START(69, "The launcher could not start Paramedic: no JDK, no Maven, no network, or the build failed."),
    INTERNAL(70, "A bug in Paramedic; the message says what to report.");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** One sentence for help texts and documents. */
    public String meaning() {
        return meaning;
    }

    /**
     * The code of two results together, for example of two hosts: the greater number, because what could not be looked at
     * weighs more than what was found.
     */
    public ExitCode and(ExitCode other) {
        return other.code > code ? other : this;
    }
}
