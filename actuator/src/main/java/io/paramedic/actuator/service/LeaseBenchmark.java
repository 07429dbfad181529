package io.paramedic.actuator.service;

import io.paramedic.actuator.lease.LeaseLog;
import io.paramedic.actuator.service.LeaseDesk.Claimed;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Catalogue;
import io.paramedic.schemas.topics.KafkaTools;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.topics.admin.TopicKeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * How long it takes from a claim to knowing that it is granted, beside a bare append that is read back: the same settings of
 * topic and clients, the same number of bytes and of records, in turns within one run. Its argument is a Kafka of its own, without
 * leases: {@code java -cp … io.paramedic.actuator.service.LeaseBenchmark 127.0.0.1:9092}.
 */
public final class LeaseBenchmark {
    private static final String POOL = "benchmark";
    private static final String ID = "lease-benchmark";
    private static final int BLOCKS = 12;
    private static final int PER_BLOCK = 400;

    private LeaseBenchmark() {}

    /** One operation whose time counts; what it leaves is cleared away outside of that time. */
    private interface Operation {
        Runnable timed(int number) throws Exception;
    }

    /** @param arguments the bootstrap servers */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println(
                    "Give the bootstrap servers of a Kafka that holds no leases, for example 127.0.0.1:9092");
            System.exit(2);
        }
        KafkaConnection connection = KafkaConnection.plain(arguments[0]);
        Log log = Log.of(
                connection,
                new TopicKeeper(connection.common(), Catalogue.embedded(), new KafkaTools(arguments[0], null))
                        .establish());
        try (SharedLog shared = new KafkaSharedLog(log, ID);
                LeaseTail tail = tail(shared, log);
                BareTail bare = BareTail.create(connection, POOL)) {
            tail.start();
            tail.caughtUp().get(30, TimeUnit.SECONDS);
            if (tail.book().next() > 0) {
                System.err.println("This Kafka has leases already; give the benchmark one of its own");
                System.exit(1);
            }
            LeaseDesk desk = new LeaseDesk(shared, tail, Time.REAL, ActuatorSettings.DEFAULT, ID);
            measure("1 claimant", 1, claim(desk), bare(bare));
            measure("16 claimants", 16, claim(desk), bare(bare));
        }
    }

    private static LeaseTail tail(SharedLog shared, Log log) {
        LeaseLog leases = new LeaseLog(log.clusterId(), Topic.LEASES.topicName(), log.partition(Topic.LEASES, POOL));
        return new LeaseTail(shared, leases, new LogClock(Time.REAL), System.err::println);
    }

    private static Operation claim(LeaseDesk desk) {
        return number -> {
            Claimed claimed = desk.claim(new Scope.Host(POOL, "h" + number), UUID.randomUUID());
            if (!(claimed instanceof Claimed.Granted(LeaseDesk.HeldLease lease))) {
                throw new IllegalStateException("not granted: " + claimed);
            }
            return () -> {
                try {
                    lease.release();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            };
        };
    }

    private static Operation bare(BareTail bare) {
        return number -> {
            bare.appendAndRead(bytes(number));
            return () -> bare.append(bytes(number));
        };
    }

    private static byte[] bytes(int number) {
        return Contract.LEASES.encode(new LeaseRecord.Claim(
                UUID.randomUUID(),
                new Scope.Host(POOL, "h" + number),
                UUID.randomUUID(),
                ID,
                ActuatorSettings.DEFAULT.lease()));
    }

    @SuppressWarnings("SystemOut")
    private static void measure(String title, int claimants, Operation claim, Operation bare) throws Exception {
        List<Long> claims = new ArrayList<>();
        List<Long> bares = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            List<Long> ofBare = block(claimants, bare);
            List<Long> ofClaim = block(claimants, claim);
            // The first blocks warm up the machine.
            if (block >= 2) {
                bares.addAll(ofBare);
                claims.addAll(ofClaim);
            }
        }
        System.out.printf(
                "%s: claim to known p50 %.2f ms, p99 %.2f ms; bare append and read p50 %.2f ms, p99 %.2f ms;"
                        + " ratio p50 %.2f, p99 %.2f (%d of each)%n",
                title,
                millis(claims, 50),
                millis(claims, 99),
                millis(bares, 50),
                millis(bares, 99),
                millis(claims, 50) / millis(bares, 50),
                millis(claims, 99) / millis(bares, 99),
                claims.size());
    }

    private static List<Long> block(int claimants, Operation operation) throws Exception {
        List<Callable<List<Long>>> tasks = new ArrayList<>();
        for (int claimant = 0; claimant < claimants; claimant++) {
            int first = claimant * PER_BLOCK;
            tasks.add(() -> timed(first, PER_BLOCK / claimants, operation));
        }
        List<Long> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(claimants)) {
            for (Future<List<Long>> one : threads.invokeAll(tasks)) {
                all.addAll(one.get());
            }
        }
        return all;
    }

    private static List<Long> timed(int first, int count, Operation operation) throws Exception {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            Runnable clearAway = operation.timed(first + i);
            times.add(System.nanoTime() - start);
            clearAway.run();
        }
        return times;
    }

    private static double millis(List<Long> nanos, int percentile) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percentile / 100)]
                / (double) Duration.ofMillis(1).toNanos();
    }
}
