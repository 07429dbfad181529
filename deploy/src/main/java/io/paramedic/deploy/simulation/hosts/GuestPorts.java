package io.paramedic.deploy.simulation.hosts;

import io.paramedic.deploy.simulation.model.HostModel;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The networks of the guests of one host: a port for each guest that is asked for, where an HTTP request is answered while
 * the guest lives. On one machine a silent address cannot be had for TCP alone: a port that is closed refuses, which is what
 * a living kernel does, and one whose backlog is full is silent on some systems only. So a guest that does not live takes
 * the connection and never answers. Each connection waits on a virtual thread.
 */
final class GuestPorts implements Closeable {
    private static final int BACKLOG = 64;
    private static final int LONGEST_REQUEST = 16_384;
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nup\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final String host;
    private final HostModel model;
    private final Map<UUID, ServerSocket> ports = new ConcurrentHashMap<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private boolean closed;

    GuestPorts(String host, HostModel model) {
        this.host = host;
        this.model = model;
    }

    /** The port of a guest, opened when it is first asked for; it stays the same for all incarnations. */
    synchronized int port(UUID vm) throws IOException {
        if (closed) {
            throw new IOException("the host is closed");
        }
        ServerSocket open = ports.get(vm);
        if (open == null) {
            open = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            ports.put(vm, open);
            ServerSocket listening = open;
            Thread.ofVirtual().name(host + " guest " + vm).start(() -> listen(vm, listening));
        }
        return open.getLocalPort();
    }

    private void listen(UUID vm, ServerSocket port) {
        try {
            while (!port.isClosed()) {
                Socket connection = port.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(vm, port, connection));
            }
        } catch (IOException e) {
            // Closed; or this machine has no file descriptors left, and then a guest that went silent is the least of
            // it.
            return;
        }
    }

    private void serve(UUID vm, ServerSocket port, Socket connection) {
        try (connection) {
            if (port.isClosed()) {
                return;
            }
            InputStream in = connection.getInputStream();
            if (!readRequest(in)) {
                return;
            }
            if (model.answers(vm)) {
                connection.getOutputStream().write(ANSWER);
                connection.shutdownOutput();
            }
            // The one who asks closes; to close first would be an answer of a kind.
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Whoever asked has gone, which is its good right.
            return;
        } finally {
            connections.remove(connection);
        }
    }

    /** Reads up to the empty line; false if the other side closed before. */
    private static boolean readRequest(InputStream in) throws IOException {
        int matched = 0;
        for (int read = 0; read < LONGEST_REQUEST; read++) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
            if (matched == 4) {
                return true;
            }
        }
        return false;
    }

    @Override
    public synchronized void close() {
        closed = true;
        ports.values().forEach(GuestPorts::closeQuietly);
        connections.forEach(GuestPorts::closeQuietly);
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            return;
        }
    }
}
