package io.paramedic.collector.access;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps the first bytes of what a command prints and tells once when there are more. What is written after that is
 * dropped, so that a command in full flow costs no memory. Safe for use by many threads.
 */
public final class CapturedOutput extends OutputStream {
    private final int limit;
    private final Runnable overflow;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean overflowed;

    /** @param overflow called once, by the writing thread, at the first byte that is not kept */
    public CapturedOutput(int limit, Runnable overflow) {
        this.limit = limit;
        this.overflow = overflow;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        boolean first;
        synchronized (this) {
            int room = Math.min(length, limit - kept.size());
            kept.write(bytes, offset, room);
            first = room < length && !overflowed;
            overflowed |= room < length;
        }
        if (first) {
            overflow.run();
        }
    }

    /** What was kept, as UTF-8; bytes that are not UTF-8 become replacement characters. */
    public synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
