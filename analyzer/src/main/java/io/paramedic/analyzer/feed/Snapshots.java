package io.paramedic.analyzer.feed;

import io.paramedic.analyzer.feed.Situation.Listed;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.wire.Codec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes pictures of how things stand, one for all who ask within a second. */
final class Snapshots {
    private static final Codec<Situation> SITUATION = Codec.ofDocument(Situation.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration SHARED = Duration.ofSeconds(1);
    private static final int DECISIONS = 60;

    private final String tag;
    private final Ring ring;
    private final Board board;
    private final Pulse pulse;
    private final Executor worker;
    private final Map<String, Taken> taken = new HashMap<>();

    Snapshots(String tag, Ring ring, Board board, Pulse pulse, Executor worker) {
        this.tag = tag;
        this.ring = ring;
        this.board = board;
        this.pulse = pulse;
        this.worker = worker;
    }

    /**
     * @param at where the feed goes on after it, by partition
     * @param json the situation, with the newest decisions before that place
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Snapshot(long[] at, byte[] json) {}

    private record Taken(long nanos, CompletableFuture<Snapshot> snapshot) {}

    /**
     * A picture that contains all that was decided before its place; fails where the log does not answer.
     *
     * @param pool absent for all
     */
    synchronized CompletableFuture<Snapshot> take(@Nullable String pool) {
        long now = System.nanoTime();
        taken.values().removeIf(old -> now - old.nanos() > SHARED.toNanos());
        return taken.computeIfAbsent(pool == null ? "" : pool, _ -> new Taken(now, make(pool)))
                .snapshot();
    }

    /** What was taken shows no longer what is. */
    synchronized void forget() {
        taken.clear();
    }

    private CompletableFuture<Snapshot> make(@Nullable String pool) {
        long[] at = ring.head();
        List<Decided> newest = ring.newest(DECISIONS, pool).stream()
                .filter(one -> one.offset() < at[one.partition()])
                .toList();
        return board.current()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .thenApplyAsync(_ -> new Snapshot(at, json(at, newest, pool)), worker);
    }

    private byte[] json(long[] at, List<Decided> newest, @Nullable String pool) {
        byte[] situation = SITUATION.encode(situation(at, pool));
        ByteArrayOutputStream out = new ByteArrayOutputStream(situation.length + 1024);
        // Decisions stand in it as they stand on the log.
        out.write(situation, 0, situation.length - 1);
        out.writeBytes(",\"decisions\":[".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < newest.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.writeBytes(newest.get(i).json());
        }
        out.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private Situation situation(long[] at, @Nullable String pool) {
        List<HostRecord> inventory = of(board.inventory().stream(), HostRecord::pool, pool);
        List<HostOverview> hosts = of(board.hosts().stream(), HostOverview::pool, pool);
        List<Incident> incidents = of(board.incidents().stream(), Incident::pool, pool);
        return new Situation(
                Cursor.of(tag, at).text(),
                Instant.now(),
                analyzer(inventory, hosts, pool),
                inventory.stream()
                        .sorted(Comparator.comparing(HostRecord::pool).thenComparing(HostRecord::host))
                        .map(host -> new Listed(host.host(), host.pool(), host.labels()))
                        .toList(),
                hosts.stream()
                        .sorted(Comparator.comparing(HostOverview::pool).thenComparing(HostOverview::host))
                        .toList(),
                incidents.stream()
                        .sorted(Comparator.comparing(Incident::opened).thenComparing(Incident::key))
                        .toList());
    }

    /** Whether somebody decides for all pools that are known. */
    Situation.Analyzer analyzer() {
        return analyzer(List.copyOf(board.inventory()), List.copyOf(board.hosts()), null);
    }

    private Situation.Analyzer analyzer(List<HostRecord> inventory, List<HostOverview> hosts, @Nullable String pool) {
        return pulse.of(
                pool != null
                        ? List.of(pool)
                        : Stream.concat(
                                        inventory.stream().map(HostRecord::pool),
                                        hosts.stream().map(HostOverview::pool))
                                .distinct()
                                .toList());
    }

    private static <T> List<T> of(Stream<T> all, Function<T, String> poolOf, @Nullable String pool) {
        Predicate<T> wanted = one -> pool == null || pool.equals(poolOf.apply(one));
        return all.filter(wanted).toList();
    }
}
