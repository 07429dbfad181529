package io.paramedic.analyzer.feed;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest decisions, which all clients share. One thread adds, any thread reads. A decision's place in the ring is counted
 * from the start of this process; its place on the log is what clients know.
 */
final class Ring {
    private final Frame[] slots;
    /** Of each partition: the first offset that is surely in the ring, if it is there at all. */
    private long[] start;
    /** Of each partition: where reading goes on. */
    private long[] head;

    private long first;
    private long next;

    /** @param positions where reading begins, by partition */
    Ring(int size, long[] positions) {
        slots = new Frame[size];
        start = positions.clone();
        head = positions.clone();
    }

    /** @param positions where reading goes on after these */
    synchronized void add(List<Frame> frames, long[] positions) {
        for (Frame frame : frames) {
            if (next - first == slots.length) {
                Decided oldest = at(first).decided();
                start[oldest.partition()] = oldest.offset() + 1;
                first++;
            }
            slots[(int) (next % slots.length)] = frame;
            next++;
        }
        head = positions.clone();
    }

    /** Forgets everything: what comes next does not follow what was there. */
    synchronized void restart(long[] positions) {
        first = next;
        start = positions.clone();
        head = positions.clone();
    }

    /** Absent where it is not there yet, or no longer. */
    synchronized @Nullable Frame get(long place) {
        return place < first || place >= next ? null : at(place);
    }

    synchronized long first() {
        return first;
    }

    synchronized long next() {
        return next;
    }

    synchronized int size() {
        return (int) (next - first);
    }

    /** Where reading goes on, by partition. */
    synchronized long[] head() {
        return head.clone();
    }

    /** Whether nothing after this place was forgotten. */
    synchronized boolean reachesBackTo(long[] place) {
        for (int partition = 0; partition < start.length; partition++) {
            if (place[partition] < start[partition]) {
                return false;
            }
        }
        return true;
    }

    /** Whether this place is not beyond what was read. */
    synchronized boolean hasReached(long[] place) {
        for (int partition = 0; partition < head.length; partition++) {
            if (place[partition] > head[partition]) {
                return false;
            }
        }
        return true;
    }

    /** The newest of one pool, or of all, oldest first. */
    synchronized List<Decided> newest(int most, @Nullable String pool) {
        List<Decided> found = new ArrayList<>();
        for (long place = next - 1; place >= first && found.size() < most; place--) {
            Decided one = at(place).decided();
            if (pool == null || pool.equals(one.entry().pool())) {
                found.addFirst(one);
            }
        }
        return found;
    }

    private Frame at(long place) {
        return slots[(int) (place % slots.length)];
    }

    /**
     * @param decided the decision
     * @param event the same as a Server-Sent Event without its id, which differs from client to client
     */
    record Frame(Decided decided, Buffer event) {
        static Frame of(Decided one) {
            return new Frame(one, Sse.event("decision", one.json()));
        }
    }
}
