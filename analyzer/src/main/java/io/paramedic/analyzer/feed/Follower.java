package io.paramedic.analyzer.feed;

import io.paramedic.analyzer.feed.Ring.Frame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One client of the feed: where it stands, and what it is told next. Lives on the server's one event loop; nothing of it may
 * be called elsewhere.
 */
final class Follower {
    private final HttpServerResponse response;
    private final Wish wish;
    private final String tag;
    private final Ring ring;
    private final Counts counts;
    /** Of each partition: the first offset that this client was not told. */
    private long[] at;

    private boolean live;
    private boolean over;
    private long place;
    private String lastId = "";
    private long lastWrite;
    private boolean stalled;
    private long stalledSince;
    private boolean missedState;
    /** Changes that come while a picture is on its way; whether it has them already nobody knows. Absent where none is. */
    private @Nullable List<Buffer> held;

    private @Nullable Runnable afterDrain;

    Follower(HttpServerResponse response, Wish wish, String tag, Ring ring, Counts counts) {
        this.response = response;
        this.wish = wish;
        this.tag = tag;
        this.ring = ring;
        this.counts = counts;
        this.at = ring.head();
        this.lastWrite = System.nanoTime();
        response.drainHandler(_ -> drained());
    }

    Wish wish() {
        return wish;
    }

    boolean isOver() {
        return over;
    }

    /** Where it stands, by partition; partitions that it does not follow stand where the ring does. */
    long[] at() {
        return at.clone();
    }

    /** Goes on from here. */
    void moveTo(long[] next) {
        at = next.clone();
        long[] head = ring.head();
        for (int partition = 0; partition < at.length; partition++) {
            if (!wish.follows(partition)) {
                at[partition] = head[partition];
            }
        }
    }

    /** From now on it is told what comes; false where the ring does not reach back to where it stands. */
    boolean join() {
        if (!ring.reachesBackTo(at)) {
            return false;
        }
        place = ring.first();
        live = true;
        pump();
        return true;
    }

    /** Tells all that is there, as long as the client takes it. */
    void pump() {
        if (!live || over) {
            return;
        }
        while (!isFull()) {
            Frame frame = ring.get(place);
            if (frame == null) {
                reachedEnd();
                return;
            }
            place++;
            tell(frame);
        }
    }

    private void reachedEnd() {
        if (place < ring.first()) {
            cut("it was slower than the decisions came");
            return;
        }
        long[] head = ring.head();
        if (place == ring.next()) {
            for (int partition = 0; partition < at.length; partition++) {
                at[partition] = Math.max(at[partition], head[partition]);
            }
        }
    }

    /** One decision, unless it was told already or is not wanted. */
    private void tell(Frame frame) {
        Decided one = frame.decided();
        if (one.offset() < at[one.partition()]) {
            return;
        }
        at[one.partition()] = one.offset() + 1;
        if (wish.wants(one.entry().pool())) {
            lastId = id();
            write(Sse.id(lastId).appendBuffer(frame.event()));
            counts.sent();
        }
    }

    /**
     * Decisions that another reader brings.
     *
     * @param next where that reader stands after them
     * @param taken completes when the client has taken them
     */
    void bring(List<Decided> decisions, long[] next, CompletableFuture<Void> taken) {
        decisions.forEach(one -> tell(Frame.of(one)));
        moveTo(next);
        if (over) {
            taken.completeExceptionally(new IllegalStateException("the client is gone"));
        } else if (isFull()) {
            afterDrain = () -> taken.complete(null);
        } else {
            taken.complete(null);
        }
    }

    /** From now on changes wait until a picture was shown, lest an older picture hides a newer change. */
    void expectPicture() {
        if (held == null) {
            held = new ArrayList<>();
        }
    }

    /** A picture of now; decisions go on right after it. */
    void snapshot(Snapshots.Snapshot snapshot) {
        moveTo(snapshot.at());
        lastId = id();
        write(Sse.id(lastId).appendBuffer(Sse.event("snapshot", snapshot.json())));
        release();
    }

    /** A picture of now for a client whose decisions stand elsewhere. */
    void picture(Snapshots.Snapshot snapshot) {
        write(Sse.event("snapshot", snapshot.json()));
        release();
    }

    private void release() {
        missedState = false;
        List<Buffer> after = held;
        held = null;
        if (after != null) {
            after.forEach(this::show);
        }
    }

    /** A change of what people see; one that the client cannot take now is made good by a new picture. */
    void show(Buffer event) {
        if (over) {
            return;
        }
        List<Buffer> waiting = held;
        if (waiting != null) {
            waiting.add(event);
        } else if (missedState || isFull()) {
            missedState = true;
        } else {
            write(event);
        }
    }

    /** Whether it missed a change and takes events again. */
    boolean needsPicture() {
        return missedState && held == null && !over && !isFull();
    }

    void write(Buffer bytes) {
        if (over || response.closed()) {
            return;
        }
        lastWrite = System.nanoTime();
        // What becomes of it shows in the close handler.
        var _ = response.write(bytes);
    }

    /** Now and then: shows that the connection is alive, and ends it where the client takes nothing. */
    void check(FeedSettings settings) {
        long now = System.nanoTime();
        if (isFull()) {
            if (now - stalledSince > settings.patience().toNanos()) {
                cut("it took nothing for " + settings.patience().toMillis() + " ms");
            }
        } else if (now - lastWrite > settings.heartbeat().toNanos()) {
            String id = id();
            if (wish.state()) {
                // A browser does not tell its page of comments.
                write(Sse.event("alive", "{\"time\":\"" + Instant.now() + "\"}"));
            } else if (live && !id.equals(lastId)) {
                lastId = id;
                write(Sse.idAlone(id));
            } else {
                write(Sse.comment("still here"));
            }
        }
    }

    private boolean isFull() {
        boolean full = !over && !response.closed() && response.writeQueueFull();
        if (full && !stalled) {
            stalledSince = System.nanoTime();
        }
        stalled = full;
        return full;
    }

    private void drained() {
        stalled = false;
        Runnable then = afterDrain;
        afterDrain = null;
        if (then != null) {
            then.run();
        }
        pump();
    }

    private String id() {
        var next = new TreeMap<Integer, Long>();
        for (int partition = 0; partition < at.length; partition++) {
            if (wish.follows(partition)) {
                next.put(partition, at[partition]);
            }
        }
        return new Cursor(tag, next).text();
    }

    /** Ends a connection that cannot be served on; the client comes back with its last id. */
    void cut(String why) {
        if (!over) {
            counts.cut(why);
            end();
        }
    }

    /** Ends it. */
    void end() {
        if (!over) {
            over = true;
            // A write that waits for the client would wait for ever.
            var _ = response.reset();
        }
    }

    /** The client has gone. */
    void gone() {
        over = true;
        if (afterDrain != null) {
            Runnable waiting = afterDrain;
            afterDrain = null;
            waiting.run();
        }
    }
}
