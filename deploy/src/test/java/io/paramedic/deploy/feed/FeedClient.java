package io.paramedic.deploy.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads Server-Sent Events from a socket of its own, one line at a time, so that it can be cut at any of them. */
final class FeedClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket = new Socket();
    private final BufferedReader in;
    private final int status;

    record Event(@Nullable String id, String name, String data) {}

    FeedClient(int port, String path, @Nullable String lastId) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout((int) PATIENCE.toMillis());
        String request = "GET " + path + " HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n"
                + (lastId == null ? "" : "Last-Event-ID: " + lastId + "\r\n") + "\r\n";
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.UTF_8));
        out.flush();
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        String first = in.readLine();
        status = Integer.parseInt(first.split(" ", -1)[1]);
        while (!in.readLine().isEmpty()) {
            // The head ends with an empty line.
        }
    }

    int status() {
        return status;
    }

    /** The next event, also one that is an id alone; its name is empty then. */
    Event next() throws IOException {
        String id = null;
        String name = "";
        List<String> data = new ArrayList<>();
        while (true) {
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the feed ended");
            }
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data.add(line.substring(6));
            } else if (line.isEmpty() && (id != null || !data.isEmpty())) {
                return new Event(id, name, String.join("\n", data));
            }
        }
    }

    /** The next event of this name; others are passed over. */
    Event next(String name) throws IOException {
        while (true) {
            Event event = next();
            if (event.name().equals(name)) {
                return event;
            }
        }
    }

    /** One line as it stands there; absent where the feed has ended. */
    @Nullable
    String line() throws IOException {
        return in.readLine();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
