package io.paramedic.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals;
import io.paramedic.schemas.observation.DomainType;
import io.paramedic.schemas.observation.HostObservation.Answer;
import io.paramedic.schemas.observation.HostObservation.HostFacts;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StateDigestTest {
    private static final HostFacts FACTS = new HostFacts(
            Toolstack.XL,
            "4.17.7",
            null,
            null,
            null,
            null,
            null,
            new Answer(Answer.How.ANSWERED, Duration.ofMillis(2)),
            new Answer(Answer.How.ANSWERED, Duration.ofMillis(20)),
            null,
            List.of(),
            null,
            null);
    private static final WatchedDomain FIRST = domain(1, Activity.QUIET);
    private static final WatchedDomain SECOND = domain(2, Activity.ACTIVE);

    @Test
    void doesNotDependOnTheOrderInWhichThingsWereSaid() {
        StateDigest oneWay =
                StateDigest.NOTHING.with(FACTS, List.of()).with(FIRST).with(SECOND);
        StateDigest otherWay = StateDigest.NOTHING.with(SECOND).with(FIRST).with(FACTS, List.of());
        assertThat(oneWay.hex()).isEqualTo(otherWay.hex()).matches("[0-9a-f]{64}");
    }

    @Test
    void followsAChangeByTakingOutTheOldAndAddingTheNew() {
        WatchedDomain changed = domain(1, Activity.STUCK_IN_XEN);
        StateDigest followed =
                StateDigest.NOTHING.with(FIRST).with(SECOND).without(FIRST).with(changed);
        assertThat(followed)
                .isEqualTo(StateDigest.NOTHING.with(changed).with(SECOND))
                .isNotEqualTo(StateDigest.NOTHING.with(FIRST).with(SECOND));
        assertThat(followed.without(changed).without(SECOND)).isEqualTo(StateDigest.NOTHING);
    }

    @Test
    void coversWhatCannotBeRead() {
        List<Unread> unread = List.of(new Unread("xentop", "timed out after 10 s", null));
        assertThat(StateDigest.NOTHING.with(FACTS, unread)).isNotEqualTo(StateDigest.NOTHING.with(FACTS, List.of()));
        assertThat(StateDigest.NOTHING.with(FACTS, unread).without(FACTS, unread))
                .isEqualTo(StateDigest.NOTHING);
    }

    private static WatchedDomain domain(int domid, Activity activity) {
        return new WatchedDomain(
                new VmId.ByName("vm"),
                new DomainObservation(
                        domid,
                        new UUID(0, 7),
                        "vm",
                        DomainType.PV,
                        "xl",
                        1,
                        128,
                        0,
                        new Condition.Running(activity),
                        List.of("-b----"),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofMillis(100),
                        DomainSignals.NONE));
    }
}
