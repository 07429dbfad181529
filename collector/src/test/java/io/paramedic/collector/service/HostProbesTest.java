package io.paramedic.collector.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paramedic.collector.probing.Attempt;
import io.paramedic.collector.probing.ProbePlan.Guest;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.inventory.Probe;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult.Answer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostProbesTest {
    private static final CollectorSettings SETTINGS = CollectorSettings.DEFAULT;
    private static final List<Probe> PROBES = List.of(new Probe.Tcp("db", "10.0.0.5", 5432));
    private static final Guest DB = new Guest(5, new VmId.ByName("db"), Set.of("db"), List.of());

    private final AtomicLong clock = new AtomicLong(77);
    private final LinkedBlockingQueue<Attempt> answers = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final Semaphore turns = new Semaphore(2);
    private final HostProbes probes = new HostProbes(
            PROBES,
            SETTINGS,
            (question, _) -> {
                asked.add(question.words());
                return answers.take();
            },
            turns,
            clock::get);

    @AfterEach
    void tearDown() {
        probes.close();
    }

    private ProbeResult now() {
        return now(DB);
    }

    private ProbeResult now(Guest guest) {
        Map<Integer, List<ProbeResult>> results = probes.update(List.of(guest));
        return Objects.requireNonNull(results.get(5)).getFirst();
    }

    /** One attempt, begun now, with this end; waits until it is taken. */
    private void attempt(Attempt attempt) throws InterruptedException {
        clock.addAndGet(SETTINGS.probing().toNanos());
        ProbeResult before = now();
        assertThat(asked.poll(20, TimeUnit.SECONDS)).isEqualTo(before.probe());
        answers.add(attempt);
        await().until(() -> turns.availablePermits() == 2 && probes.idle());
    }

    @Test
    void nothingIsKnownBeforeAnAnswer() throws InterruptedException {
        assertThat(now().answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(asked.poll(20, TimeUnit.SECONDS)).isEqualTo("tcp 10.0.0.5:5432");
    }

    @Test
    void severalSilencesMakeASilentGuest() throws InterruptedException {
        attempt(new Attempt.Answered("connected"));
        assertThat(now().answer()).isEqualTo(Answer.ANSWERS);
        for (int i = 1; i <= SETTINGS.probeSilences(); i++) {
            assertThat(now().answer()).isEqualTo(Answer.ANSWERS);
            attempt(new Attempt.NoAnswer("timeout"));
        }
        assertThat(now()).isEqualTo(new ProbeResult("tcp 10.0.0.5:5432", false, Answer.SILENT, "timeout"));
    }

    @Test
    void aProbeIsNotAskedBeforeItsTime() throws InterruptedException {
        attempt(new Attempt.Answered("connected"));
        now();
        clock.addAndGet(SETTINGS.probing().toNanos() / 2);
        now();
        assertThat(asked).isEmpty();
    }

    @Test
    void whatNobodyConfiguredIsAskedMoreRarely() throws InterruptedException {
        Guest mail = new Guest(5, new VmId.ByName("mail"), Set.of("mail"), List.of("10.0.0.9"));
        probes.update(List.of(mail));
        assertThat(asked.poll(20, TimeUnit.SECONDS)).isEqualTo("icmp 10.0.0.9");
        answers.add(new Attempt.Answered("echo"));
        await().until(() -> turns.availablePermits() == 2 && probes.idle());
        for (int i = 1; i <= 3; i++) {
            assertThat(probes.idle()).as("after %d intervals", i).isTrue();
            clock.addAndGet(SETTINGS.probing().toNanos());
            probes.update(List.of(mail));
        }
        assertThat(asked.poll(20, TimeUnit.SECONDS)).isEqualTo("icmp 10.0.0.9");
    }

    @Test
    void anAnswerThatIsOldIsNone() throws InterruptedException {
        attempt(new Attempt.Answered("connected"));
        now();
        clock.addAndGet(SETTINGS.probing().multipliedBy(9).toNanos());
        assertThat(now()).isEqualTo(new ProbeResult("tcp 10.0.0.5:5432", false, Answer.UNKNOWN, "asked-too-rarely"));
    }

    @Test
    void anotherDomainOfTheVmBeginsAnew() throws InterruptedException {
        attempt(new Attempt.Answered("connected"));
        Guest next = new Guest(6, DB.vm(), DB.names(), List.of());
        Map<Integer, List<ProbeResult>> results = probes.update(List.of(next));
        assertThat(Objects.requireNonNull(results.get(6)).getFirst().answer()).isEqualTo(Answer.UNKNOWN);
    }
}
