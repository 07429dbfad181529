package io.paramedic.collector.sampling;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.dialect.Unparseable;
import io.paramedic.schemas.observation.HostObservation.Answer;
import io.paramedic.schemas.observation.HostObservation.Answer.How;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a tool said, or in which way it did not. An exit status alone proves neither (toolstack facts §2.3). */
sealed interface ToolAnswer {
    Duration took();

    /** It ended by itself; {@code stdout} may still be of no use. */
    record Said(String stdout, String stderr, int exitStatus, Duration took) implements ToolAnswer {}

    /** It did not end within its limit, or the host's own limit ended it. */
    record Hung(String stdout, Duration took) implements ToolAnswer {}

    /** It could not be asked, or the connection went away under it. */
    record Silent(String why, Duration took) implements ToolAnswer {}

    /** Exit statuses of {@code timeout} when it had to end its program, by TERM and by KILL. */
    int TIMED_OUT = 124;

    int KILLED = 137;

    static ToolAnswer of(CommandResult result) {
        return switch (result) {
            case CommandResult.Completed done
            when done.exitStatus() == TIMED_OUT || done.exitStatus() == KILLED -> new Hung(done.stdout(), done.took());
            case CommandResult.Completed done -> new Said(done.stdout(), done.stderr(), done.exitStatus(), done.took());
            case CommandResult.TimedOut out -> new Hung(out.stdout(), out.took());
            case CommandResult.TooMuchOutput much ->
                new Silent("it printed more than " + much.limit() + " bytes", much.took());
            case CommandResult.ConnectionLost lost -> new Silent("the connection was lost: " + lost.how(), lost.took());
            case CommandResult.NotReached not -> new Silent(not.why().sentence(), not.took());
        };
    }

    default Answer answer() {
        return new Answer(
                switch (this) {
                    case Said said -> said.exitStatus() == 0 ? How.ANSWERED : How.FAILED;
                    case Hung _ -> How.HUNG;
                    case Silent _ -> How.NOT_ASKED;
                },
                took());
    }

    /** Why {@code what} is not known, where this answer is not a success. */
    default Optional<Unread> complaint(String what) {
        return switch (this) {
            case Said said when said.exitStatus() == 0 -> Optional.empty();
            case Said said ->
                Optional.of(unread(
                        what,
                        "it ended with exit status " + said.exitStatus(),
                        said.stderr().isBlank() ? said.stdout() : said.stderr()));
            case Hung hung ->
                Optional.of(unread(
                        what,
                        "it did not end within %.1f s".formatted(hung.took().toMillis() / 1000.0),
                        hung.stdout()));
            case Silent silent -> Optional.of(new Unread(what, silent.why(), null));
        };
    }

    static Unread unread(Unparseable piece) {
        String where = piece.line() == 0 ? "" : "line " + piece.line() + ": ";
        return new Unread(piece.tool(), where + piece.reason(), piece.quote());
    }

    private static Unread unread(String what, String why, String output) {
        @Nullable
        String quote = output.isBlank()
                ? null
                : Unparseable.of(what, 0, why, output.strip()).quote();
        return new Unread(what, why, quote);
    }
}
