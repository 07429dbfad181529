package io.paramedic.actuator.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Stands still until a test moves it. */
final class FakeTime implements Time {
    static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

    private record Alarm(long at, CompletableFuture<Void> rings) {}

    private final List<Alarm> alarms = new ArrayList<>();
    private long now = 1_000;

    @Override
    public synchronized long nanos() {
        return now;
    }

    synchronized Instant instant() {
        return START.plusNanos(now);
    }

    void advance(Duration by) {
        List<Alarm> due;
        synchronized (this) {
            now += by.toNanos();
            due = alarms.stream().filter(alarm -> alarm.at <= now).toList();
            alarms.removeAll(due);
        }
        due.forEach(alarm -> alarm.rings.complete(null));
    }

    @Override
    public void pause(Duration length) throws InterruptedException {
        await(new CompletableFuture<>(), length);
    }

    @Override
    public boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException {
        CompletableFuture<Void> alarm = new CompletableFuture<>();
        synchronized (this) {
            alarms.add(new Alarm(now + atMost.toNanos(), alarm));
        }
        try {
            CompletableFuture.anyOf(future, alarm).get();
        } catch (ExecutionException failed) {
            return true;
        } finally {
            synchronized (this) {
                alarms.removeIf(other -> other.rings == alarm);
            }
        }
        return future.isDone();
    }
}
