package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.judgement.HostJudgement;
import io.paramedic.analyzer.sightings.Health;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.schemas.identity.VmId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks at everything again that an event or a timer may have changed. Only while live. */
final class Reviews {
    private Reviews() {}

    static void run(Turn turn) {
        turn.undiagnosed.forEach(host -> diagnose(turn, host));
        List.copyOf(turn.hostsDue).forEach(host -> HostReview.review(turn, host));
        for (VmId vm : List.copyOf(turn.copied)) {
            Duplicates.review(turn, vm);
        }
        incidents(turn);
    }

    /** Each once, also those that another one makes due. */
    private static void incidents(Turn turn) {
        Set<String> seen = new HashSet<>();
        while (true) {
            List<String> due =
                    turn.incidentsDue.stream().filter(id -> !seen.contains(id)).toList();
            if (due.isEmpty()) {
                return;
            }
            for (String id : due) {
                seen.add(id);
                Escalation.review(turn, id);
            }
        }
    }

    private static void diagnose(Turn turn, String name) {
        HostState host = turn.host(name);
        if (host == null) {
            return;
        }
        HostJudgement judgement = HostJudgement.of(host, turn.domainsOf(name), turn.policy());
        if (judgement == null) {
            return;
        }
        judgement.changed().forEach(turn::put);
        Health health = judgement.health();
        Health before = host.health();
        boolean telling = !judgement.changed().isEmpty()
                || health.guests() != before.guests()
                || health.well() != before.well()
                || !health.findings().equals(before.findings());
        HostState now = host.with(health);
        turn.put(telling ? now.toBeShown() : now);
    }
}
