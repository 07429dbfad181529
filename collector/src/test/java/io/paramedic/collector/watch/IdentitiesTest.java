package io.paramedic.collector.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.sampling.Glance;
import io.paramedic.collector.sampling.Glance.Listing;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.observation.Condition;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    private static final UUID WEB = UUID.fromString("9c2a1f04-52b7-4d7e-a3d1-0f5be42a7c10");
    private static final UUID WEB_IN = UUID.fromString("9c2a1f04-52b7-4d7e-a3d1-000000000001");
    private static final UUID WEB_OUT = UUID.fromString("9c2a1f04-52b7-4d7e-a3d1-000000000000");
    private static final UUID OTHER = UUID.fromString("9c2a1f04-52b7-4d7e-a3d1-1f5be42a7c11");

    private final Identities identities = new Identities();

    private void learn(Seen seen) {
        Glance.Seen look = seen.look();
        identities.learn(look.observation(), look.listing(), look.vms());
    }

    @Test
    void onXlAVmIsItsConfiguredName() {
        learn(Seen.at(0).domain(5, "web", Seen.QUIET));
        assertThat(identities.vm(5)).isEqualTo(new VmId.ByName("web"));
    }

    @Test
    void onXlAUuidCountsOnlyWhereTheConfigurationPinsIt() {
        learn(Seen.at(0).domain(5, "web", Seen.QUIET));
        identities.pinned(5, WEB);
        learn(Seen.at(5).domain(5, "web", Seen.QUIET));
        assertThat(identities.vm(5)).isEqualTo(new VmId.ByUuid(WEB));
    }

    @Test
    void aNameThatXenstoreForgotIsRemembered() {
        learn(Seen.at(0).domain(5, "web", Seen.QUIET));
        learn(Seen.at(5).domain(5, null, Seen.QUIET));
        assertThat(identities.vm(5)).isEqualTo(new VmId.ByName("web"));
    }

    @Test
    void aDomainThatNeverHadANameIsNoVm() {
        learn(Seen.at(0).domain(5, null, Seen.QUIET));
        assertThat(identities.vm(5)).isNull();
    }

    @Test
    void aRenameChangesNoVm() {
        learn(Seen.at(0).domain(13, "web", Seen.QUIET));
        learn(Seen.at(5).domain(13, "newname", new Condition.Dying()));
        assertThat(identities.vm(13)).isEqualTo(new VmId.ByName("web"));
    }

    @Test
    void bothHalvesOfAnXlMigrationAreTheVm() {
        learn(Seen.at(0).domain(5, "web--incoming", new Condition.Paused()).domain(6, "db--migratedaway", Seen.QUIET));
        assertThat(identities.vm(5)).isEqualTo(new VmId.ByName("web"));
        assertThat(identities.vm(6)).isEqualTo(new VmId.ByName("db"));
        learn(Seen.at(5).domain(5, "web", Seen.QUIET));
        assertThat(identities.vm(5)).isEqualTo(new VmId.ByName("web"));
    }

    @Test
    void onXlAnotherHandleUnderTheSameNumberIsAnotherDomain() {
        learn(Seen.at(0).domain(5, Seen.handle(1), "web", Seen.QUIET));
        learn(Seen.at(5).domain(5, Seen.handle(2), null, Seen.QUIET));
        assertThat(identities.vm(5)).isNull();
    }

    @Test
    void onXapiAVmIsItsHandle() {
        learn(Seen.at(0).xapi(WEB).domain(5, WEB, "web", Seen.QUIET));
        assertThat(identities.vm(5)).isEqualTo(new VmId.ByUuid(WEB));
    }

    @Test
    void aDomainThatIsBeingDestroyedIsStillItsVm() {
        learn(Seen.at(0).xapi(WEB).domain(26, WEB, "web", Seen.QUIET));
        learn(Seen.at(5).xapi(WEB).domain(26, deadbeef(26), null, new Condition.Dying()));
        assertThat(identities.vm(26)).isEqualTo(new VmId.ByUuid(WEB));
    }

    @Test
    void aDestroyedHandleOfAnotherNumberTellsNothing() {
        learn(Seen.at(0).xapi(WEB).domain(26, WEB, "web", Seen.QUIET));
        learn(Seen.at(5).xapi(WEB).domain(26, deadbeef(27), null, new Condition.Dying()));
        assertThat(identities.vm(26)).isNull();
    }

    @Test
    void aHalfOfAMigrationIsTheVmWhoseUuidItBeginsLike() {
        learn(Seen.at(0).xapi(WEB).domain(5, WEB_IN, null, new Condition.Paused()));
        assertThat(identities.vm(5)).isEqualTo(new VmId.ByUuid(WEB));
    }

    @Test
    void aHalfThatCouldBeOfTwoVmsIsOfNone() {
        learn(Seen.at(0).xapi(WEB, OTHER).domain(5, WEB_IN, null, new Condition.Paused()));
        assertThat(identities.vm(5)).isNull();
    }

    @Test
    void theHalfThatLeavesIsRememberedWithoutARecord() {
        learn(Seen.at(0).xapi().domain(5, WEB, "web", Seen.QUIET));
        learn(Seen.at(5).xapi().domain(5, WEB_OUT, null, Seen.QUIET));
        assertThat(identities.vm(5)).isEqualTo(new VmId.ByUuid(WEB));
    }

    @Test
    void nothingIsRememberedAcrossABoot() {
        learn(Seen.at(0).domain(5, "web", Seen.QUIET));
        learn(Seen.at(5).boot(new UUID(1, 2)).domain(5, null, Seen.QUIET));
        assertThat(identities.vm(5)).isNull();
    }

    @Test
    void aDomainThatIsMissingFromAnUnreadableListIsNotForgotten() {
        learn(Seen.at(0).domain(5, "web", Seen.QUIET));
        learn(Seen.at(5).listing(Listing.PARTIAL));
        learn(Seen.at(10).domain(5, null, Seen.QUIET));
        assertThat(identities.vm(5)).isEqualTo(new VmId.ByName("web"));
    }

    @Test
    void dom0IsNoVm() {
        learn(Seen.at(0).domain(0, "Domain-0", Seen.ACTIVE));
        assertThat(identities.vm(0)).isNull();
    }

    private static UUID deadbeef(int domid) {
        return UUID.fromString("deadbeef-dead-beef-dead-beef0000%04x".formatted(domid));
    }
}
