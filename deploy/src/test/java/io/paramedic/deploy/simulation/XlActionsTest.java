package io.paramedic.deploy.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.deploy.simulation.model.Behaviour;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostFacts;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.ManualTime;
import io.paramedic.deploy.simulation.model.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What xl does to a simulated plain Xen host, in time that passes a hundred times as fast. */
class XlActionsTest {
    private final HostModel model = new HostModel(HostFacts.xl("xl-1"), TimeSource.scaled(100));
    private final ToolRunner tools = new ToolRunner(model);

    @Test
    void destroysADomainWithItsNodesAndProcesses() throws InterruptedException {
        int domid = model.start(DomainSpec.hvm("web"));

        ToolRunner.Result result = tools.run("xl", "destroy", "web");

        assertThat(result.status()).isZero();
        assertThat(result.effects()).containsExactly("began to destroy domain 1 (web)", "destroyed domain 1");
        assertThat(model.domain(domid)).isEmpty();
        assertThat(tools.run("xenstore-ls", "-f").out())
                .doesNotContain("/local/domain/1/")
                .doesNotContain("/libxl/1/");
        assertThat(tools.run("ps", "axo", "pid,args").out())
                .doesNotContain("web")
                .doesNotContain("qemu");
    }

    @Test
    void leavesAZombieAsItIsAndCallsThatSuccess() throws InterruptedException {
        int domid = model.start(DomainSpec.pv("web"));
        model.faults().zombie(domid);
        assertThat(tools.row(domid)).isEqualTo("(null) 1 0 1 --p--d");

        ToolRunner.Result result = tools.run("xl", "destroy", "1");

        assertThat(result).isEqualTo(new ToolRunner.Result(0, "", "", List.of()));
        assertThat(tools.row(domid)).isEqualTo("(null) 1 0 1 --p--d");

        model.faults().releaseHolder(domid);
        assertThat(model.domain(domid)).isEmpty();
    }

    @Test
    void turnsAHeldDomainIntoAZombie() throws InterruptedException {
        int domid = model.start(DomainSpec.pv("web"));
        model.faults().hold(domid, "qrexec-daemon {domid} web user");

        assertThat(tools.run("xl", "destroy", "1").status()).isZero();

        assertThat(tools.row(domid)).isEqualTo("(null) 1 0 1 --p--d");
        assertThat(tools.run("ps", "axo", "pid,args").out()).contains("qrexec-daemon 1 web user");
    }

    @Test
    void shutsDownAGuestThatAnswers() throws InterruptedException {
        model.start(DomainSpec.pv("web").behaves(Behaviour.BUSY));

        ToolRunner.Result result = tools.run("xl", "shutdown", "-w", "web");

        assertThat(result.status()).isZero();
        assertThat(result.err())
                .isEqualTo(
                        "Shutting down domain 1\nWaiting for 1 domains\nDomain 1 has been shut down, reason code 0\n");
    }

    @Test
    void returnsAtOnceFromAGuestThatOnlyAcknowledges() throws InterruptedException {
        int domid = model.start(DomainSpec.pv("web").behaves(Behaviour.IGNORES_SHUTDOWN));

        assertThat(tools.run("xl", "shutdown", "web").status()).isZero();

        tools.run("sleep", "300");
        assertThat(model.domain(domid)).isPresent();
    }

    @Test
    void leavesARequestBehindThatStopsTheGuestWhenItWakesUp() throws InterruptedException {
        int domid = model.start(DomainSpec.pv("web").behaves(Behaviour.ASLEEP));

        assertThat(tools.run("xl", "shutdown", "web").status()).isEqualTo(1);
        assertThat(tools.run("xenstore-read", "/local/domain/1/control/shutdown")
                        .out())
                .isEqualTo("poweroff\n");

        model.faults().behave(domid, Behaviour.HEARTBEAT);
        tools.run("sleep", "10");
        assertThat(model.locked(() -> model.domain(domid))).isEmpty();
    }

    @Test
    void cannotAskAnHvmGuestWithoutPvDrivers() throws InterruptedException {
        model.start(DomainSpec.hvm("win").withoutPvDrivers());

        ToolRunner.Result result = tools.run("xl", "shutdown", "win");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).endsWith("Use \"-F\" to fallback to ACPI power event.\nshutdown failed (rc=-10)\n");
    }

    @Test
    void rebootsUnderAnotherIdWithTheSameUuid() throws InterruptedException {
        int domid = model.start(DomainSpec.pv("web"));
        var uuid = model.domain(domid).orElseThrow().handle();

        assertThat(tools.run("xl", "reboot", "web").status()).isZero();
        tools.run("sleep", "10");

        assertThat(tools.run("xl", "domid", "web").out()).isEqualTo("2\n");
        assertThat(model.domain(2).orElseThrow().handle()).isEqualTo(uuid);
    }

    @Test
    void countsPauses() throws InterruptedException {
        int domid = model.start(DomainSpec.pv("web"));
        tools.run("xl", "pause", "web");
        tools.run("xl", "pause", "web");

        tools.run("xl", "unpause", "web");
        assertThat(tools.row(domid)).endsWith("--p---");
        tools.run("xl", "unpause", "web");
        assertThat(tools.row(domid)).endsWith("-b----");
    }

    @Test
    void refusesToCreateASecondDomainOfTheSameNameAndUsesUpAnId() throws InterruptedException {
        model.start(DomainSpec.pv("web"));

        ToolRunner.Result result = tools.run("xl", "create", "/etc/xen/web.cfg");

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).startsWith("""
            Parsing config from /etc/xen/web.cfg
            libxl: error: libxl_domain.c:81:libxl__domain_rename: Domain 2:Domain with name "web" already exists.
            """);
        assertThat(model.start(DomainSpec.pv("next"))).isEqualTo(3);
    }

    @Test
    void runsTwoInstancesAfterADestroyThatWasCutOff() throws InterruptedException {
        int old = model.start(DomainSpec.pv("web"));
        model.faults().halfDestroyed(old);
        assertThat(tools.row(old)).isEqualTo("(null) 1 96 1 --p---");
        assertThat(tools.run("xl", "destroy", "web").err()).isEqualTo("web is an invalid domain identifier (rc=-6)\n");

        assertThat(tools.run("xl", "create", "/etc/xen/web.cfg").status()).isZero();
        tools.run("xl", "unpause", "1");

        assertThat(tools.row(old)).isEqualTo("(null) 1 96 1 -b----");
        assertThat(tools.row(2)).isEqualTo("web 2 96 1 -b----");
        assertThat(tools.run("xl", "destroy", "1").status()).isZero();
        assertThat(model.domain(old)).isEmpty();
    }

    @Test
    void takesTheEmptyWordForTheControlDomain() throws InterruptedException {
        assertThat(tools.run("xl", "trigger", "", "nmi").effects()).containsExactly("sent trigger nmi to domain 0");
    }

    @Test
    void showsABootingGuestAsNeitherBlockedNorReliablyRunning() throws InterruptedException {
        ManualTime time = new ManualTime(Instant.parse("2026-11-20T12:00:00Z"));
        HostModel still = new HostModel(HostFacts.xl("xl-2"), time);
        ToolRunner look = new ToolRunner(still);
        int domid = still.start(DomainSpec.hvm("slow").boots(Duration.ofSeconds(4)));
        assertThat(look.row(domid)).containsPattern("(------|r-----)$");

        time.advance(Duration.ofSeconds(4));

        assertThat(look.row(domid)).endsWith("-b----");
    }

    @Test
    void keepsARunningGuestsCpuTimeGoingAndAStuckOnesStill() throws InterruptedException {
        int busy = model.start(DomainSpec.pv("busy").behaves(Behaviour.BUSY));
        int stuck = model.start(DomainSpec.hvm("stuck"));
        model.faults().deviceModelGone(stuck);
        long busyBefore = cpu(busy);
        long stuckBefore = cpu(stuck);

        tools.run("sleep", "10");

        assertThat(Duration.ofNanos(cpu(busy) - busyBefore)).isGreaterThan(Duration.ofSeconds(9));
        assertThat(cpu(stuck)).isEqualTo(stuckBefore);
        assertThat(tools.row(stuck)).endsWith("------");
    }

    private long cpu(int domid) {
        return model.locked(() -> model.domain(domid).orElseThrow().cpuNanos());
    }
}
