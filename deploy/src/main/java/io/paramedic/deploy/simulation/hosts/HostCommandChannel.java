package io.paramedic.deploy.simulation.hosts;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/** One exec channel: hands its line to the host that listens on the port where it came in. */
final class HostCommandChannel implements Command {
    private final SshPorts ports;
    private final String line;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable OutputStream err;
    private @Nullable ExitCallback exit;

    HostCommandChannel(SshPorts ports, String line) {
        this.ports = ports;
        this.line = line;
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        ServerSession session = channel.getServerSession();
        SimulatedHost host = ports.hostOf(session);
        if (host == null) {
            throw new IOException("no simulated host listens on this port any more");
        }
        ExitCallback callback = Objects.requireNonNull(exit);
        host.execute(
                new SimulatedHost.Request(
                        line,
                        session.getUsername(),
                        Objects.requireNonNull(in),
                        new Audible(Objects.requireNonNull(out), host.port()),
                        new Audible(Objects.requireNonNull(err), host.port()),
                        () -> session.close(true)),
                status -> {
                    if (status >= 0 && !ports.muted(host.port())) {
                        callback.onExit(status);
                    }
                });
    }

    /** As with sshd, the end of a channel does not end the command: at most it finds nobody to write to. */
    @Override
    public void destroy(ChannelSession channel) {}

    /** What a silent host prints does not arrive. */
    private final class Audible extends FilterOutputStream {
        private final int port;

        private Audible(OutputStream stream, int port) {
            super(stream);
            this.port = port;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!ports.muted(port)) {
                out.write(bytes, offset, length);
            }
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }
    }
}
