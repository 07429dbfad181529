package io.paramedic.deploy.cli;

import java.util.concurrent.Callable;

/**
 * One thing that the command line can do. A class that implements this carries picocli's annotations and stands in
 * {@link Subcommands}.
 *
 * <p>It prints to its command line's writers, never to {@code System.out}, so that tests can read it. It returns how it went;
 * an exception that leaves it is a bug of ours and ends as {@link ExitCode#INTERNAL}. Neither its class nor its
 * constructor touches Kafka, SSH or the log: all are constructed for each {@code --help}.
 */
public interface Subcommand extends Callable<Integer> {
    ExitCode run() throws Exception;

    /** What picocli calls. */
    @Override
    default Integer call() throws Exception {
        return run().code();
    }
}
