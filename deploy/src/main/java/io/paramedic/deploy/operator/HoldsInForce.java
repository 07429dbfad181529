package io.paramedic.deploy.operator;

import io.paramedic.actuator.lease.Hold;
import io.paramedic.actuator.lease.LeaseBook;
import io.paramedic.actuator.lease.LeaseLog;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.event.HoldTold;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.log.LogReader;
import io.paramedic.schemas.topics.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The holds and pauses that deny claims now, as every reader of the book of leases finds them.
 *
 * @param holds in the order in which they were taken
 * @param pauses ids among them that were ordered as a pause
 * @param told by hold, what each host that was told of it last answered: whether it was idle
 */
public record HoldsInForce(List<Hold> holds, Set<UUID> pauses, Map<UUID, Map<String, Boolean>> told) {
    private static final String CLIENT = "paramedic-holds";

    public HoldsInForce {
        holds = List.copyOf(holds);
        pauses = Set.copyOf(pauses);
        told = Map.copyOf(told);
    }

    /** Reads leases, events and journal as far as they are retained. */
    public static HoldsInForce read(Log log) {
        Set<UUID> pauses = new HashSet<>();
        Map<UUID, Map<String, Boolean>> told = new HashMap<>();
        readEvents(log, pauses, told);
        readJournal(log, pauses);
        return new HoldsInForce(fold(log), pauses, told);
    }

    private static List<Hold> fold(Log log) {
        Map<Integer, LeaseBook> books = new TreeMap<>();
        try (LogReader<LeaseRecord> reader = LogReader.of(log, CLIENT, Topic.LEASES, Contract.LEASES)) {
            reader.fromBeginning();
            reader.toEnd(entry -> {
                LeaseRecord record = entry.message();
                if (record != null) {
                    LeaseBook book = books.computeIfAbsent(
                            entry.place().partition(),
                            partition -> LeaseBook.empty(
                                    new LeaseLog(log.clusterId(), Topic.LEASES.topicName(), partition)));
                    books.put(
                            entry.place().partition(),
                            book.fold(entry.place().offset(), entry.place().time(), record)
                                    .book());
                }
            });
        }
        List<Hold> holds = new ArrayList<>();
        books.values().forEach(book -> holds.addAll(book.holds()));
        return holds;
    }

    private static void readEvents(Log log, Set<UUID> pauses, Map<UUID, Map<String, Boolean>> told) {
        try (LogReader<PoolEvent> reader = LogReader.of(log, CLIENT, Topic.EVENTS, Contract.EVENTS)) {
            reader.fromBeginning();
            reader.toEnd(entry -> {
                if (entry.message() instanceof Control.Pause pause) {
                    pauses.add(pause.id());
                } else if (entry.message() instanceof HoldTold one) {
                    told.computeIfAbsent(one.hold(), _ -> new TreeMap<>()).put(one.host(), one.idle());
                }
            });
        }
    }

    private static void readJournal(Log log, Set<UUID> pauses) {
        try (LogReader<JournalEntry> reader = LogReader.of(log, CLIENT, Topic.JOURNAL, Contract.JOURNAL)) {
            reader.fromBeginning();
            reader.toEnd(entry -> {
                JournalEntry one = entry.message();
                if (one != null && one.decision() instanceof Decision.ControlTaken(Control.Pause pause, boolean _)) {
                    pauses.add(pause.id());
                }
            });
        }
    }

    /** The pauses of exactly this scope; of a VM wherever it was when it was paused. */
    public List<Hold> pausesOf(Scope scope) {
        return holds.stream()
                .filter(hold -> isSame(hold.scope(), scope) && pauses.contains(hold.id()))
                .toList();
    }

    private static boolean isSame(Scope held, Scope meant) {
        return held.equals(meant)
                || (held instanceof Scope.Vm one
                        && meant instanceof Scope.Vm other
                        && one.pool().equals(other.pool())
                        && one.vm().equals(other.vm()));
    }

    public boolean isPause(Hold hold) {
        return pauses.contains(hold.id());
    }

    /** What is known of its hosts, in words: a hold is in force on a host when that was told and is idle. */
    public String inForce(Hold hold) {
        Map<String, Boolean> hosts = told.getOrDefault(hold.id(), Map.of());
        if (hosts.isEmpty()) {
            return "no claim is granted; no host has been told yet";
        }
        List<String> busy = hosts.entrySet().stream()
                .filter(one -> !one.getValue())
                .map(Map.Entry::getKey)
                .toList();
        return busy.isEmpty()
                ? "in force: " + String.join(", ", hosts.keySet())
                : "no claim is granted; a step that began before still runs on " + String.join(", ", busy);
    }
}
