package io.paramedic.deploy.simulation.tools;

/** Where what a tool prints goes. Called without the lock of the host. */
public interface ToolOutput {
    void stdout(String text) throws ReaderGone;

    void stderr(String text) throws ReaderGone;

    /** Nobody reads any more; a program would get SIGPIPE. */
    final class ReaderGone extends RuntimeException {
        public ReaderGone(Throwable cause) {
            super("nobody reads this output any more", cause);
        }
    }
}
