package io.paramedic.analyzer.feed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between those who read and the feed, which is made after them; what they say before it is there nobody waits for. */
final class Relay implements Tail.Listener {
    private volatile @Nullable Feed feed;

    void to(Feed now) {
        feed = now;
    }

    @Override
    public void grown() {
        Feed to = feed;
        if (to != null) {
            to.grown();
        }
    }

    @Override
    public void broken() {
        Feed to = feed;
        if (to != null) {
            to.broken();
        }
    }

    void changed(List<Board.Change> changes) {
        Feed to = feed;
        if (to != null) {
            to.changed(changes);
        }
    }
}
