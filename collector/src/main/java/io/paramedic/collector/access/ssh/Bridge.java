package io.paramedic.collector.access.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Carries one TCP connection through a jump host. MINA can only start a session on a socket, so the far end is
 * offered on a loopback port, once, for our own socket: other users of this machine who are quicker are turned away,
 * and after that the port is closed. MINA's own forwarding would keep it open to all of them.
 */
final class Bridge implements AutoCloseable {
    private static final int CHUNK = 32 << 10;
    private static final int BACKLOG = 16;

    private final ChannelDirectTcpip channel;
    private final ServerSocket listener;
    private volatile @Nullable Socket accepted;

    private Bridge(ChannelDirectTcpip channel, ServerSocket listener) {
        this.channel = channel;
        this.listener = listener;
    }

    /** Connects a hop to a host and port behind it. */
    static Bridge open(ClientSession hop, String host, int port, Duration limit) throws IOException {
        ChannelDirectTcpip channel =
                hop.createDirectTcpipChannel(new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress(host, port));
        try {
            channel.open().verify(limit);
            return new Bridge(channel, new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
        } catch (IOException | RuntimeException e) {
            channel.close(true);
            throw e;
        }
    }

    /** Where our own socket has to connect to. */
    InetSocketAddress entrance() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /** Lets one connection in: the one that comes from this local port, and is there already. */
    void admit(InetSocketAddress from, Duration limit) throws IOException {
        try (listener) {
            listener.setSoTimeout((int) Math.max(1, limit.toMillis()));
            Socket socket = listener.accept();
            while (socket.getPort() != from.getPort()) {
                socket.close();
                socket = listener.accept();
            }
            socket.setTcpNoDelay(true);
            accepted = socket;
            pump(socket.getInputStream(), channel.getInvertedIn());
            pump(channel.getInvertedOut(), socket.getOutputStream());
        }
    }

    private void pump(InputStream in, OutputStream out) {
        Thread.ofVirtual().name("ssh jump").start(() -> {
            try {
                byte[] chunk = new byte[CHUNK];
                for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                    out.write(chunk, 0, n);
                    out.flush();
                }
            } catch (IOException e) {
                // One end is gone, and closing the other is all there is to do.
                return;
            } finally {
                close();
            }
        });
    }

    @Override
    public void close() {
        channel.close(true);
        try (listener;
                Socket socket = accepted) {
            return;
        } catch (IOException e) {
            // Nothing hangs on a socket that could not be closed.
            return;
        }
    }
}
