package io.paramedic.actuator.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paramedic.actuator.lease.Burnt.Fate;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.lease.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the book of leases answers. */
class LeaseBookTest {
    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Scope.Host HOST = new Scope.Host("p", "h1");
    private static final Scope.Vm VM = new Scope.Vm("p", "h1", new VmId.ByName("web"));

    private LeaseBook book = LeaseBook.empty(new LeaseLog("cluster", "paramedic.leases", 3));
    private long offset = 40;

    @Test
    void grantsWithItsOwnOffsetAsToken() {
        UUID lease = UUID.randomUUID();
        UUID command = UUID.randomUUID();

        Ruling ruling = at(0, claim(lease, VM, command));

        assertThat(ruling).isInstanceOfSatisfying(Ruling.Granted.class, granted -> {
            assertThat(granted.lease().token())
                    .isEqualTo(new FencingToken(new LogId("cluster", "paramedic.leases", 3, "p"), 40));
            assertThat(granted.lease().until()).isEqualTo(START.plus(MINUTE));
        });
        assertThat(book.leases(HOST)).extracting(Lease::id).containsExactly(lease);
        assertThat(fate(command)).isEqualTo(new Fate.InForce(START.plus(MINUTE)));
    }

    @Test
    void deniesAnOverlappingClaimForEver() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        UUID command = UUID.randomUUID();
        at(0, claim(first, VM, UUID.randomUUID()));

        assertThat(reason(at(1, claim(second, HOST, command)))).isEqualTo(Denial.LEASE_IN_FORCE);
        at(2, new LeaseRecord.Release(first, VM, "x"));

        assertThat(book.lease(second)).isEmpty();
        assertThat(at(3, new LeaseRecord.Renewal(second, HOST, "x", MINUTE))).isInstanceOf(Ruling.Void.class);
    }

    @Test
    void aDeniedClaimBurnsItsCommandToo() {
        UUID hold = UUID.randomUUID();
        UUID command = UUID.randomUUID();
        at(0, new LeaseRecord.Hold(hold, HOST, "ann", "memory is changed", null));
        at(1, claim(UUID.randomUUID(), VM, command));
        at(2, new LeaseRecord.Release(hold, HOST, "ann"));

        assertThat(fate(command))
                .isInstanceOfSatisfying(
                        Fate.Denied.class,
                        denied -> assertThat(denied.sentence()).contains("memory is changed"));
        assertThat(reason(at(3, claim(UUID.randomUUID(), VM, command)))).isEqualTo(Denial.COMMAND_BURNT);
    }

    @Test
    void aLeaseEndsAtTheFirstRecordPastItsExpiry() {
        UUID command = UUID.randomUUID();
        at(0, claim(UUID.randomUUID(), VM, command));

        assertThat(reason(at(60, claim(UUID.randomUUID(), VM, UUID.randomUUID()))))
                .isEqualTo(Denial.LEASE_IN_FORCE);
        assertThat(at(61, claim(UUID.randomUUID(), VM, UUID.randomUUID()))).isInstanceOf(Ruling.Granted.class);
        assertThat(fate(command)).isEqualTo(new Fate.RanOut());
    }

    @Test
    void timeDoesNotGoBack() {
        at(100, claim(UUID.randomUUID(), HOST, UUID.randomUUID()));

        assertThat(at(10, claim(UUID.randomUUID(), new Scope.Host("p", "h2"), UUID.randomUUID())))
                .isInstanceOfSatisfying(
                        Ruling.Granted.class,
                        granted -> assertThat(granted.lease().until()).isEqualTo(START.plusSeconds(160)));
    }

    @Test
    void aRenewalKeepsALeaseAndNeverShortensIt() {
        UUID lease = UUID.randomUUID();
        at(0, claim(lease, VM, UUID.randomUUID()));
        at(50, new LeaseRecord.Renewal(lease, VM, "x", MINUTE));
        at(51, new LeaseRecord.Renewal(lease, VM, "x", Duration.ofSeconds(1)));

        assertThat(book.lease(lease).orElseThrow().until()).isEqualTo(START.plusSeconds(110));
        assertThat(at(60, new LeaseRecord.Renewal(lease, VM, "y", MINUTE))).isInstanceOf(Ruling.Void.class);
        assertThat(at(60, new LeaseRecord.Renewal(lease, HOST, "x", MINUTE))).isInstanceOf(Ruling.Void.class);
        assertThat(at(111, new LeaseRecord.Renewal(lease, VM, "x", MINUTE))).isInstanceOf(Ruling.Void.class);
    }

    @Test
    void onlyTheHolderReleases() {
        UUID lease = UUID.randomUUID();
        UUID command = UUID.randomUUID();
        at(0, claim(lease, VM, command));

        assertThat(at(1, new LeaseRecord.Release(lease, VM, "y"))).isInstanceOf(Ruling.Void.class);
        assertThat(at(2, new LeaseRecord.Release(lease, VM, "x"))).isInstanceOf(Ruling.Released.class);
        assertThat(fate(command)).isEqualTo(new Fate.Released());
    }

    @Test
    void aBurntCommandIsNeverGrantedAgainWhoeverAsks() {
        UUID lease = UUID.randomUUID();
        UUID command = UUID.randomUUID();
        at(0, claim(lease, VM, command));
        at(1, new LeaseRecord.Release(lease, VM, "x"));

        Ruling again = at(2, new LeaseRecord.Claim(UUID.randomUUID(), VM, command, "y", MINUTE));

        assertThat(reason(again)).isEqualTo(Denial.COMMAND_BURNT);
    }

    @Test
    void aHoldDeniesWhatComesAfterItAndLetsTheActGoOn() {
        UUID lease = UUID.randomUUID();
        UUID hold = UUID.randomUUID();
        at(0, claim(lease, VM, UUID.randomUUID()));
        at(1, new LeaseRecord.Hold(hold, HOST, "ann", "memory is changed", null));

        assertThat(at(30, new LeaseRecord.Renewal(lease, VM, "x", MINUTE))).isInstanceOf(Ruling.Renewed.class);
        assertThat(at(31, claim(UUID.randomUUID(), new Scope.Pool("p"), UUID.randomUUID())))
                .isInstanceOfSatisfying(Ruling.Denied.class, denied -> {
                    assertThat(denied.reason()).isEqualTo(Denial.HOLD_IN_FORCE);
                    assertThat(denied.sentence()).contains("ann").contains("memory is changed");
                });
        at(32, new LeaseRecord.Release(lease, VM, "x"));
        assertThat(at(33, new LeaseRecord.Release(hold, HOST, "bob"))).isInstanceOf(Ruling.HoldEnded.class);
        assertThat(at(34, claim(UUID.randomUUID(), VM, UUID.randomUUID()))).isInstanceOf(Ruling.Granted.class);
    }

    @Test
    void aHoldThatIsRecordedAgainIsTheSameHoldAndOneThatEndedStaysEnded() {
        LeaseRecord.Hold hold = new LeaseRecord.Hold(UUID.randomUUID(), HOST, "ann", "", null);
        at(0, hold);
        at(100, hold);

        assertThat(book.holds()).hasSize(1);
        assertThat(book.holds().getFirst().token().offset()).isEqualTo(40);
        assertThat(book.holds().getFirst().recorded()).isEqualTo(START.plusSeconds(100));
        at(101, new LeaseRecord.Release(hold.lease(), HOST, "ann"));
        at(102, hold);
        assertThat(book.holds()).isEmpty();
    }

    @Test
    void aReleasedHoldStaysReleasedHoweverLongItLasted() {
        LeaseRecord.Hold hold = new LeaseRecord.Hold(UUID.randomUUID(), HOST, "ann", "", null);
        long day = 24 * 3600;
        at(0, hold);
        at(40 * day, hold);
        at(40 * day + 1, new LeaseRecord.Release(hold.lease(), HOST, "ann"));

        assertThat(at(42 * day, hold)).isInstanceOf(Ruling.Void.class);
        assertThat(book.holds()).isEmpty();
    }

    @Test
    void aHoldWithAnEndEndsByItself() {
        at(0, new LeaseRecord.Hold(UUID.randomUUID(), HOST, "ann", "", START.plusSeconds(10)));

        assertThat(reason(at(10, claim(UUID.randomUUID(), VM, UUID.randomUUID()))))
                .isEqualTo(Denial.HOLD_IN_FORCE);
        assertThat(at(11, claim(UUID.randomUUID(), VM, UUID.randomUUID()))).isInstanceOf(Ruling.Granted.class);
    }

    @Test
    void afterAnUnreadableRecordEveryClaimIsDeniedForTheLongestLease() {
        UUID command = UUID.randomUUID();
        LeaseBook.Folded blind = book.foldUnreadable(offset++, START);
        book = blind.book();

        assertThat(reason(at(600, claim(UUID.randomUUID(), VM, command)))).isEqualTo(Denial.UNREADABLE_BEFORE);
        assertThat(fate(command)).isEqualTo(new Fate.InDoubt());
        assertThat(at(601, claim(UUID.randomUUID(), VM, UUID.randomUUID()))).isInstanceOf(Ruling.Granted.class);
        assertThat(reason(at(602, claim(UUID.randomUUID(), HOST, command)))).isEqualTo(Denial.COMMAND_BURNT);
    }

    @Test
    void memoryIsBounded() {
        UUID first = UUID.randomUUID();
        at(0, claim(UUID.randomUUID(), VM, first));
        for (int hour = 1; hour <= 24 * 60; hour++) {
            at(3600L * hour, claim(UUID.randomUUID(), VM, UUID.randomUUID()));
        }

        assertThat(book.remembered()).isBetween(24 * 60, 24 * 60 + 4);
        assertThat(book.leases()).hasSize(1);
        assertThat(book.burnt(first)).isEmpty();
    }

    @Test
    void offsetsMayHaveGapsAndNeverGoBack() {
        offset = 90;
        at(0, claim(UUID.randomUUID(), VM, UUID.randomUUID()));

        assertThat(book.next()).isEqualTo(91);
        assertThatThrownBy(() -> book.foldUnreadable(90, START)).isInstanceOf(IllegalArgumentException.class);
    }

    private Ruling at(long seconds, LeaseRecord record) {
        LeaseBook.Folded folded = book.fold(offset++, START.plusSeconds(seconds), record);
        book = folded.book();
        return folded.ruling();
    }

    private static LeaseRecord.Claim claim(UUID lease, Scope scope, UUID command) {
        return new LeaseRecord.Claim(lease, scope, command, "x", MINUTE);
    }

    private Fate fate(UUID command) {
        return book.burnt(command).orElseThrow().fate();
    }

    private static Denial reason(Ruling ruling) {
        return ((Ruling.Denied) ruling).reason();
    }
}
