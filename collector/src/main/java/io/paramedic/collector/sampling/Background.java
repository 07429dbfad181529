package io.paramedic.collector.sampling;

import io.paramedic.collector.dialect.GrantRow;
import io.paramedic.collector.dialect.XeVm;
import io.paramedic.collector.dialect.XlInfo;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is asked more rarely than the list of domains: the last answers, what of them could not be read, and when to ask again. */
final class Background {
    /** Asking takes at most this part of the time while nothing is odd, and ten times as much while something is. */
    private static final int SPARING = 50;

    private static final int CLOSELY = 5;

    enum Question {
        TREE,
        PROCESSES,
        INFO,
        INVENTORY,
        ENABLED,
        RECORDS,
        GRANTS
    }

    private record Asked(Duration at, Duration took, List<Unread> unread) {}

    private final Map<Question, Asked> asked = new EnumMap<>(Question.class);

    @Nullable
    XlInfo info;

    @Nullable
    UUID hostUuid;

    @Nullable
    Boolean enabled;

    Map<UUID, XeVm> records = Map.of();
    Map<Integer, GrantRow> grants = Map.of();

    /**
     * Whether to ask again.
     *
     * @param now the host's uptime
     * @param every how often while nothing is odd
     * @param closely whether something is, so that the answer matters
     */
    boolean due(Question question, Duration now, Duration every, boolean closely) {
        Asked last = asked.get(question);
        if (last == null) {
            return true;
        }
        Duration spared = last.took().multipliedBy(closely ? CLOSELY : SPARING);
        Duration pause = closely || spared.compareTo(every) > 0 ? spared : every;
        return now.minus(last.at()).compareTo(pause) >= 0;
    }

    /** Notes that the question was asked, how long that took, and what could not be read. */
    void asked(Question question, Duration now, Duration took, List<Unread> unread) {
        asked.put(question, new Asked(now, took, List.copyOf(unread)));
    }

    /** What could not be read when it was last asked. */
    List<Unread> unread() {
        List<Unread> all = new ArrayList<>();
        asked.values().forEach(answer -> all.addAll(answer.unread()));
        return all;
    }

    /** Asks again at the next occasion. */
    void forget(Question question) {
        asked.remove(question);
    }
}
