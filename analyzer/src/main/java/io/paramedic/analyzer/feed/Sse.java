package io.paramedic.analyzer.feed;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** The form of Server-Sent Events. */
final class Sse {
    private Sse() {}

    /** An event without an id. */
    static Buffer event(String name, byte[] data) {
        Buffer buffer = Buffer.buffer(data.length + 32);
        buffer.appendString("event: ").appendString(name).appendString("\n");
        int line = 0;
        for (int at = 0; at <= data.length; at++) {
            // JSON has line ends only between its tokens, where somebody else's writer may have put them.
            if (at == data.length || data[at] == '\n' || data[at] == '\r') {
                if (at > line || line == 0) {
                    buffer.appendString("data: ")
                            .appendBytes(data, line, at - line)
                            .appendString("\n");
                }
                line = at + 1;
            }
        }
        return buffer.appendString("\n");
    }

    static Buffer event(String name, String data) {
        return event(name, data.getBytes(StandardCharsets.UTF_8));
    }

    /** The line that gives the event after it its id. */
    static Buffer id(String id) {
        return Buffer.buffer("id: " + id + "\n");
    }

    /** Says that the connection is alive. */
    static Buffer comment(String text) {
        return Buffer.buffer(": " + text + "\n\n");
    }

    /** An id alone: no event, but the client comes back with it. */
    static Buffer idAlone(String id) {
        return Buffer.buffer(": still here\nid: " + id + "\n\n");
    }
}
