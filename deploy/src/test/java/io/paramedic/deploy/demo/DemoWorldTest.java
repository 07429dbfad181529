package io.paramedic.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostAddress;
import io.paramedic.collector.access.HostCommand;
import io.paramedic.collector.access.ssh.PassphraseSource;
import io.paramedic.collector.access.ssh.SshClients;
import io.paramedic.collector.access.ssh.SshOptions;
import io.paramedic.collector.access.ssh.SshTarget;
import io.paramedic.deploy.demo.DemoReport.End;
import io.paramedic.deploy.simulation.account.ReadOnlyCommands;
import io.paramedic.deploy.simulation.model.Dialect;
import io.paramedic.deploy.simulation.model.Life;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.inventory.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hosts of a story really have its faults and traps, can really be healed, and their record tells who did what. */
class DemoWorldTest {
    private final Story story = Story.of(7);
    private final List<Injected> faults = new ArrayList<>();
    private DemoWorld world;
    private SshClients clients;

    @BeforeEach
    void start() throws IOException {
        world = DemoWorld.start(story, 20);
        clients = SshClients.start(PassphraseSource.NONE);
    }

    @AfterEach
    void stop() throws IOException {
        clients.close();
        world.close();
    }

    @Test
    void allAnswerBeforeAnythingHappensButTheOneThatIsNotThereYet() {
        assertThat(story.guests())
                .allSatisfy(guest -> assertThat(answers(guest)).isEqualTo(guest.trap() != Trap.BOOTING));
    }

    @Test
    void theSickFallSilentAndOfTheTrapsOnlyThoseThatMust() {
        everythingHappens();

        assertThat(story.sick()).noneMatch(this::answers);
        assertThat(answers(guest(Trap.BUSY))).isTrue();
        assertThat(answers(guest(Trap.IDLE))).isTrue();
        assertThat(answers(guest(Trap.PAUSED))).isFalse();
        assertThat(answers(guest(Trap.MIGRATING))).isFalse();
        assertThat(answers(guest(Trap.BOOTING))).isFalse();
        assertThat(faults)
                .filteredOn(fault -> fault.fault() == Fault.ZOMBIE)
                .singleElement()
                .satisfies(zombie -> assertThat(zombie.holder())
                        .isNotNull()
                        .extracting(Injected.Holder::commandLine)
                        .asString()
                        .startsWith("qrexec-daemon " + zombie.domid() + " "));
    }

    @Test
    void nobodyCanAskTheIdleTrapAnything() throws IOException {
        Story.Guest idle = guest(Trap.IDLE);

        assertThat(world.inventory().stream()
                        .flatMap(host -> host.probes().stream())
                        .map(Probe::vm))
                .doesNotContain(idle.vm().toString())
                .contains(guest(Trap.BUSY).vm().toString());
    }

    @Test
    void passesForWhoHealsByHandAndNotForWhoTouchesAnybodyElse() throws Exception {
        everythingHappens();
        for (Injected fault : faults) {
            heal(fault);
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> faults.stream()
                        .filter(fault -> fault.fault().curable())
                        .allMatch(fault -> world.accounts().stream()
                                .anyMatch(host -> host.answering().contains(fault.vm()))));
        for (Story.Host host : story.hosts()) {
            assertThat(run(host.name(), "cat /proc/uptime && xl list -v")).contains("Domain-0");
        }

        assertThat(report().touches()).isEmpty();
        assertThat(report().duplicateActions()).isZero();
        assertThat(report().recovered()).isEqualTo(5);
        assertThat(report().faults())
                .filteredOn(line -> line.end() == End.RECOVERED)
                .allSatisfy(
                        line -> assertThat(line.toRecovery()).isBetween(Duration.ofSeconds(4), Duration.ofMinutes(1)));
        assertThat(report().passed()).as("the zombie is not explained").isFalse();

        Made explained = new Made(7);
        explained.faults.addAll(faults);
        Injected.Holder holder = zombie().holder();
        explained.called(Fault.ZOMBIE, 1, Phase.CONFIRMED, "held by " + (holder == null ? "" : holder.commandLine()));
        assertThat(report(explained.book.heard()).passed()).isTrue();

        Story.Guest paused = guest(Trap.PAUSED);
        run(paused.host(), "xl unpause " + domid(paused));
        assertThat(report(explained.book.heard()).passed()).isFalse();
        assertThat(report().touches())
                .singleElement()
                .satisfies(touch -> assertThat(touch.vms()).containsExactly(paused.vm()));
    }

    private void heal(Injected fault) throws InterruptedException {
        Dialect dialect = world.hosts().host(fault.host()).model().facts().dialect();
        if (!fault.fault().curable()) {
            return;
        }
        switch (dialect) {
            case XCP_NG -> run(fault.host(), "xe vm-reboot uuid=" + fault.vm() + " force=true");
            case XL -> {
                run(fault.host(), "xl destroy " + fault.domid());
                run(fault.host(), "xl create /etc/xen/" + fault.name() + ".cfg");
            }
        }
    }

    private void everythingHappens() {
        for (Story.Guest guest : story.guests()) {
            Fault fault = guest.fault();
            Trap trap = guest.trap();
            if (fault != null) {
                faults.add(world.inject(guest, fault));
            }
            if (trap != null) {
                world.spring(guest, trap);
            }
        }
        // A toolstack takes a moment to act on what has stopped.
        await().until(() -> story.sick().stream().noneMatch(this::answers));
    }

    private boolean answers(Story.Guest guest) {
        return world.hosts().host(guest.host()).model().answers(guest.vm());
    }

    private Story.Guest guest(Trap trap) {
        return story.guests().stream()
                .filter(guest -> guest.trap() == trap)
                .findFirst()
                .orElseThrow();
    }

    private Injected zombie() {
        return faults.stream()
                .filter(fault -> fault.fault() == Fault.ZOMBIE)
                .findFirst()
                .orElseThrow();
    }

    private int domid(Story.Guest guest) {
        UUID vm = guest.vm();
        return world.hosts().host(guest.host()).model().lives().stream()
                .filter(life -> life.vm().equals(vm))
                .map(Life::domid)
                .findFirst()
                .orElseThrow();
    }

    private DemoReport report() {
        return report(Heard.NOTHING);
    }

    private DemoReport report(Heard heard) {
        return Reckoning.report(
                story, 20, Duration.ofSeconds(30), faults, world.accounts(), heard, new ReadOnlyCommands(List.of()));
    }

    private String run(String host, String line) throws InterruptedException {
        try {
            SshOptions options = SshOptions.defaults()
                    .withConfig(Optional.of(world.hosts().sshConfig()))
                    .withAgent(Optional.empty())
                    .withKnownHosts(List.of(world.hosts().knownHosts()));
            HostAddress.Ssh address = new HostAddress.Ssh(Optional.empty(), host, OptionalInt.empty());
            try (HostAccess access = clients.access(SshTarget.of(address, options))) {
                return access.run(HostCommand.tools(Duration.ofSeconds(30), line))
                                instanceof CommandResult.Completed done
                        ? done.stdout()
                        : "";
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
