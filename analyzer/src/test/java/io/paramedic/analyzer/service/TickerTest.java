package io.paramedic.analyzer.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.event.PoolEvent.Tick;
import io.paramedic.schemas.log.LogPlace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TickerTest {
    private final Partitions partitions = new Partitions(new UUID(1, 2));
    private final List<Tick> sent = new ArrayList<>();
    private final AtomicBoolean writerClosed = new AtomicBoolean();

    private CompletableFuture<LogPlace> answer = CompletableFuture.completedFuture(new LogPlace(0, 0, Instant.EPOCH));

    private final Ticker ticker = new Ticker(
            partitions,
            tick -> {
                sent.add(tick);
                return answer;
            },
            () -> writerClosed.set(true));

    @AfterEach
    void end() {
        ticker.close();
    }

    @Test
    void everyPartitionThatIsOursGetsOne() {
        partitions.of(0).assigned(Instant.EPOCH);
        partitions.of(1);
        partitions.of(2).assigned(Instant.EPOCH);

        ticker.tick();

        assertThat(sent).extracting(Tick::partition).containsExactlyInAnyOrder(0, 2);
    }

    @Test
    void whileKafkaDoesNotAnswerNothingPilesUp() {
        partitions.of(0).assigned(Instant.EPOCH);
        answer = new CompletableFuture<>();

        ticker.tick();
        ticker.tick();
        assertThat(sent).hasSize(1);

        answer.completeExceptionally(new TimeoutException("too late"));
        ticker.tick();
        assertThat(sent).hasSize(2);
    }

    @Test
    void aWriterThatThrowsEndsNothing() {
        Ticker failing = new Ticker(
                partitions,
                tick -> {
                    sent.add(tick);
                    throw new TimeoutException("no metadata");
                },
                () -> {});
        partitions.of(0).assigned(Instant.EPOCH);

        failing.tick();
        failing.tick();

        assertThat(sent).hasSize(2);
        failing.close();
    }

    @Test
    void closingClosesItsWriter() {
        ticker.close();

        assertThat(writerClosed).isTrue();
    }
}
