package io.paramedic.deploy.doctor;

import io.paramedic.deploy.screen.Paint;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** One line on a terminal that says which hosts are still being looked at, from the moment when it takes long. */
public final class Progress implements AutoCloseable {
    /** For output that is no terminal. */
    public static final Progress SILENT = new Progress(new PrintWriter(Writer.nullWriter()), Set.of(), Duration.ZERO);

    private static final int MOST_NAMES = 3;
    private static final String CLEAR = "\r\033[K";

    private final PrintWriter terminal;
    private final Set<String> pending;
    private final Duration delay;
    private final Thread ticker;
    private volatile boolean shown;

    private Progress(PrintWriter terminal, Collection<String> hosts, Duration delay) {
        this.terminal = terminal;
        this.delay = delay;
        this.pending = new ConcurrentSkipListSet<>(hosts);
        this.ticker = Thread.ofVirtual().unstarted(this::tick);
    }

    public static Progress on(PrintWriter terminal, Collection<String> hosts, Duration after) {
        Progress progress = new Progress(terminal, hosts, after);
        progress.ticker.start();
        return progress;
    }

    /** Call before the host's own lines are printed: it frees the line that they start on. */
    public void done(String host) {
        pending.remove(host);
        clear();
    }

    private void tick() {
        long started = System.nanoTime();
        try {
            Thread.sleep(delay);
            while (!pending.isEmpty()) {
                show(Duration.ofNanos(System.nanoTime() - started).toSeconds());
                Thread.sleep(Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void show(long seconds) {
        String names = String.join(", ", pending.stream().limit(MOST_NAMES).toList());
        String more = pending.size() > MOST_NAMES ? " and " + (pending.size() - MOST_NAMES) + " more" : "";
        terminal.print(CLEAR + "looking at " + Paint.plain(names) + more + " … " + seconds + " s");
        terminal.flush();
        shown = true;
    }

    private synchronized void clear() {
        if (shown) {
            terminal.print(CLEAR);
            terminal.flush();
            shown = false;
        }
    }

    @Override
    public void close() {
        ticker.interrupt();
        clear();
    }
}
