package io.paramedic.deploy.house.impure;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Each class here does one thing that a pure class may not. None is ever run. */
public final class Impure {
    private Impure() {}

    record HoldsAFile(java.io.File file) {}

    record HoldsAPath(java.nio.file.Path path) {}

    record HoldsASocket(java.net.Socket socket) {}

    record HoldsAThread(Thread thread) {}

    static final class HoldsManyThreads {
        final Thread[] threads = {};
    }

    record HoldsAnExecutor(ExecutorService executor) {}

    record HoldsAFuture(CompletableFuture<String> future) {}

    record HoldsAClock(Clock clock) {}

    record HoldsAKafkaRecord(org.apache.kafka.common.TopicPartition partition) {}

    record HoldsAnSshClient(org.apache.sshd.client.SshClient client) {}

    record HoldsALogger(org.slf4j.Logger logger) {}

    static final class ReadsAFile {
        static int read() throws IOException {
            try (java.io.FileInputStream in = new java.io.FileInputStream("/dev/null")) {
                return in.read();
            }
        }
    }

    static final class StartsAProcess {
        static Object start() throws IOException {
            return new ProcessBuilder("true").start();
        }
    }

    static final class AsksForTheWallClock {
        static long now() {
            return System.currentTimeMillis();
        }
    }

    static final class AsksForTheMonotonicClock {
        static long now() {
            return System.nanoTime();
        }
    }

    static final class AsksForTheInstant {
        static Instant now() {
            return Instant.now();
        }
    }

    static final class AsksForTheDayOfAClock {
        static LocalDate today() {
            return LocalDate.now(Clock.systemUTC());
        }
    }

    static final class HandsTheInstantOn {
        static final Supplier<Instant> NOW = Instant::now;
    }

    static final class AsksForTheEnvironment {
        static String home() {
            return String.valueOf(System.getenv("HOME"));
        }
    }

    static final class Prints {
        static void print() {
            System.out.println();
        }
    }

    static final class EndsTheProcess {
        static void end() {
            System.exit(1);
        }
    }

    static final class Sleeps {
        static void sleep() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    static final class RollsDice {
        static int roll() {
            return new Random().nextInt(6);
        }
    }

    static final class RollsMathDice {
        static double roll() {
            return Math.random();
        }
    }

    static final class RollsThreadDice {
        static int roll() {
            return ThreadLocalRandom.current().nextInt(6);
        }
    }

    static final class NamesByChance {
        static UUID name() {
            return UUID.randomUUID();
        }
    }
}
