package io.paramedic.collector.access.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Stands between a client and a server, and can fall silent as a dead network does: nothing passes and nothing is
 * closed.
 */
final class Relay implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final int to;
    private volatile boolean silent;

    Relay(int to) throws IOException {
        this.to = to;
        Thread.ofPlatform().daemon().name("relay").start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void fallSilent() {
        silent = true;
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listener.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
                sockets.add(near);
                sockets.add(far);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                pump(near, far);
                pump(far, near);
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void pump(Socket from, Socket into) {
        Thread.ofPlatform().daemon().name("relay pump").start(() -> {
            try (from;
                    into) {
                InputStream in = from.getInputStream();
                OutputStream out = into.getOutputStream();
                byte[] chunk = new byte[8192];
                for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                    if (silent) {
                        closed.await();
                        return;
                    }
                    out.write(chunk, 0, n);
                }
            } catch (IOException | InterruptedException e) {
                // Closed.
            }
        });
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
