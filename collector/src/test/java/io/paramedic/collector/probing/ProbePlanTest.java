package io.paramedic.collector.probing;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.probing.ProbePlan.Guest;
import io.paramedic.collector.probing.ProbePlan.Planned;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.inventory.Probe;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProbePlanTest {
    private static Guest guest(int domid, String name, String... reported) {
        return new Guest(domid, new VmId.ByName(name), Set.of(name), List.of(reported));
    }

    private static List<String> words(List<Planned> plan) {
        return plan.stream()
                .map(it -> it.domid() + " " + it.words() + " " + it.hindrance())
                .map(String::strip)
                .toList();
    }

    @Test
    void asksWhatIsConfiguredForTheVmAndForEveryVm() {
        List<Probe> probes = List.of(
                new Probe.Tcp("db", "10.0.0.5", 5432),
                new Probe.Icmp(Probe.EVERY_VM, null),
                new Probe.Http("web", null, 80, "health", false),
                new Probe.Http("web", "fd00::7", 443, "/", true),
                new Probe.Heartbeat("web", "data/alive"));
        List<Planned> plan = ProbePlan.of(probes, List.of(guest(5, "db", "10.0.0.5"), guest(6, "web", "10.0.0.6")));
        assertThat(words(plan))
                .containsExactly(
                        "5 tcp 10.0.0.5:5432",
                        "5 icmp 10.0.0.5",
                        "6 icmp 10.0.0.6",
                        "6 http 10.0.0.6:80/health",
                        "6 https [fd00::7]:443/");
        assertThat(plan).noneMatch(Planned::learnt);
    }

    @Test
    void aVmIsMeantByItsUuidToo() {
        UUID uuid = new UUID(1, 2);
        Guest guest = new Guest(5, new VmId.ByUuid(uuid), Set.of("db"), List.of());
        List<Probe> probes = List.of(new Probe.Icmp(uuid.toString(), "10.0.0.5"));
        assertThat(words(ProbePlan.of(probes, List.of(guest)))).containsExactly("5 icmp 10.0.0.5");
    }

    @Test
    void withoutAProbeTheAddressThatTheGuestReportsIsLearnt() {
        assertThat(ProbePlan.of(List.of(), List.of(guest(5, "db", "127.0.0.1", "10.0.0.5"))))
                .containsExactly(new Planned(5, "icmp 10.0.0.5", true, new Question.Echo("10.0.0.5"), ""));
    }

    @Test
    void aHeartbeatIsNoProbeOverTheNetwork() {
        List<Probe> probes = List.of(new Probe.Heartbeat("db", "data/alive"));
        assertThat(words(ProbePlan.of(probes, List.of(guest(5, "db", "10.0.0.5")))))
                .containsExactly("5 icmp 10.0.0.5");
    }

    @Test
    void anAddressThatWouldStandForTwoGuestsIsNotAsked() {
        List<Probe> probes = List.of(new Probe.Icmp("db", "10.0.0.5"));
        assertThat(words(ProbePlan.of(probes, List.of(guest(5, "db"), guest(6, "db")))))
                .containsExactly("5 icmp 10.0.0.5 means-several-guests", "6 icmp 10.0.0.5 means-several-guests");
    }

    @Test
    void aProbeWithoutAnAddressSaysSo() {
        List<Probe> probes = List.of(new Probe.Tcp("db", null, 22));
        assertThat(words(ProbePlan.of(probes, List.of(guest(5, "db")))))
                .containsExactly("5 tcp ?:22 no-address-reported");
    }

    @Test
    void aDomainThatIsNoKnownVmIsNotAsked() {
        Guest guest = new Guest(5, null, Set.of(), List.of("10.0.0.5"));
        assertThat(ProbePlan.of(List.of(new Probe.Icmp(Probe.EVERY_VM, null)), List.of(guest)))
                .isEmpty();
    }
}
