package io.paramedic.collector.access;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a stream of bytes into lines of at most a number of bytes; the rest of a longer line is dropped. */
public final class LineReader {
    private final int limit;
    private final Consumer<String> sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    public LineReader(int limit, Consumer<String> sink) {
        this.limit = limit;
        this.sink = sink;
    }

    /** Reads to the end of the stream. A last line without a line end counts. */
    public void readAll(InputStream in) throws IOException {
        byte[] chunk = new byte[8192];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            for (int i = 0; i < n; i++) {
                accept(chunk[i]);
            }
        }
        if (line.size() > 0) {
            emit();
        }
    }

    private void accept(byte b) {
        if (b == '\n') {
            emit();
        } else if (line.size() < limit) {
            line.write(b);
        }
    }

    private void emit() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        sink.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
