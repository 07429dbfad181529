package io.paramedic.collector.service;

import io.paramedic.collector.probing.Answers;
import io.paramedic.collector.probing.Attempt;
import io.paramedic.collector.probing.ProbePlan;
import io.paramedic.collector.probing.ProbePlan.Guest;
import io.paramedic.collector.probing.ProbePlan.Planned;
import io.paramedic.collector.probing.Question;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.inventory.Probe;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the guests of one host beside the looks, each probe at its interval, and tells what their answers add up to. */
final class HostProbes implements AutoCloseable {
    /** An answer that is so many intervals old is none any more: asking does not get its turn. */
    private static final int LATE = 5;

    /** What nobody configured is asked more rarely: each echo is a process, and a guest may have none to give. */
    private static final int LEARNT_RARER = 3;

    private final List<Probe> probes;
    private final CollectorSettings settings;
    private final Asker asker;
    private final Semaphore turns;
    private final LongSupplier clock;
    private final Map<Key, Track> tracks = new HashMap<>();
    private final Set<Thread> asking = ConcurrentHashMap.newKeySet();

    private record Key(int domid, VmId vm, String words) {}

    private static final class Track {
        private Answers answers = Answers.NOT_YET;
        private boolean underWay;
        private long asked;
        private long answered;

        Track(long asked, long answered) {
            this.asked = asked;
            this.answered = answered;
        }
    }

    /**
     * @param turns shared by all hosts
     * @param clock nanoseconds that only ever grow
     */
    HostProbes(List<Probe> probes, CollectorSettings settings, Asker asker, Semaphore turns, LongSupplier clock) {
        this.probes = probes;
        this.settings = settings;
        this.asker = asker;
        this.turns = turns;
        this.clock = clock;
    }

    /** Begins what is due, forgets what is not asked any more, and tells what is known; waits for nothing. */
    synchronized Map<Integer, List<ProbeResult>> update(List<Guest> guests) {
        long now = clock.getAsLong();
        Map<Integer, VmId> vms = guests.stream()
                .filter(guest -> guest.vm() != null)
                .collect(Collectors.toMap(Guest::domid, guest -> Objects.requireNonNull(guest.vm())));
        Map<Integer, List<ProbeResult>> results = new HashMap<>();
        Set<Key> kept = new HashSet<>();
        for (Planned planned : ProbePlan.of(probes, guests)) {
            VmId vm = vms.get(planned.domid());
            if (vm != null) {
                Key key = new Key(planned.domid(), vm, planned.words());
                kept.add(key);
                results.computeIfAbsent(planned.domid(), _ -> new ArrayList<>()).add(known(planned, key, now));
            }
        }
        tracks.keySet().retainAll(kept);
        return results;
    }

    private ProbeResult known(Planned planned, Key key, long now) {
        Question question = planned.question();
        if (question == null) {
            return new ProbeResult(planned.words(), planned.learnt(), Answer.UNKNOWN, planned.hindrance());
        }
        long interval = settings.probing().toNanos() * (planned.learnt() ? LEARNT_RARER : 1);
        Track track = tracks.computeIfAbsent(key, _ -> new Track(now - interval, now));
        if (!track.underWay && now - track.asked >= interval) {
            track.underWay = true;
            track.asked = now;
            begin(key, question);
        }
        long late = LATE * interval + settings.probeLimit().toNanos();
        return now - track.answered > late
                ? new ProbeResult(planned.words(), planned.learnt(), Answer.UNKNOWN, "asked-too-rarely")
                : track.answers.result(planned.words(), planned.learnt());
    }

    private void begin(Key key, Question question) {
        Thread thread = Thread.ofVirtual().name("probe " + question.words()).unstarted(() -> {
            try {
                ask(question).ifPresent(attempt -> take(key, attempt));
            } finally {
                asking.remove(Thread.currentThread());
            }
        });
        asking.add(thread);
        thread.start();
    }

    private Optional<Attempt> ask(Question question) {
        try {
            turns.acquire();
            try {
                return Optional.of(asker.ask(question, settings.probeLimit()));
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(new Attempt.NotAsked("failed-by-a-fault"));
        }
    }

    private synchronized void take(Key key, Attempt attempt) {
        @Nullable Track track = tracks.get(key);
        if (track != null) {
            track.answers = track.answers.with(attempt, settings.probeSilences());
            track.underWay = false;
            track.answered = clock.getAsLong();
        }
    }

    /** Whether no attempt is under way. */
    synchronized boolean idle() {
        return tracks.values().stream().noneMatch(track -> track.underWay);
    }

    @Override
    public void close() {
        asking.forEach(Thread::interrupt);
    }
}
