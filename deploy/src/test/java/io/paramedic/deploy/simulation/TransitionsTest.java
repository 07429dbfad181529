package io.paramedic.deploy.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostFacts;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Healthy guests that look broken for a while: ends under way, rare heartbeats, and whose processes are whose. */
class TransitionsTest {
    private final ManualTime time = new ManualTime(Instant.parse("2026-11-20T12:00:00Z"));
    private final HostModel model = new HostModel(HostFacts.xl("xl-1"), time);
    private final ToolRunner tools = new ToolRunner(model);

    @Test
    void showsARebootUnderWayWithItsReaperAtWork() throws InterruptedException {
        int domid = model.start(DomainSpec.pv("web"));
        model.faults().configFile(domid, "/etc/xen/auto/05-front.cfg");

        model.faults().reboots(domid, Duration.ofSeconds(20));

        pass(19);
        assertThat(tools.row(domid)).contains("---sr-");
        assertThat(ps()).contains("xl create /etc/xen/auto/05-front.cfg\n").doesNotContain("web");
        pass(3);
        assertThat(tools.run("xl", "list").out()).doesNotContain("---sr-");
        assertThat(tools.run("xl", "domid", "web").out()).isEqualTo("2\n");
        assertThat(ps()).contains("xl create /etc/xen/auto/05-front.cfg\n");
        assertThat(tools.run("cat", "/etc/xen/auto/05-front.cfg").out()).contains("name = \"web\"");
    }

    @Test
    void showsAPowerOffBeingHandled() throws InterruptedException {
        int domid = model.start(DomainSpec.pv("web"));

        model.faults().powersOff(domid, Duration.ofSeconds(20));

        pass(19);
        assertThat(tools.row(domid)).contains("---s--");
        assertThat(ps()).contains("xl create /etc/xen/web.cfg");
        pass(2);
        assertThat(tools.row(domid)).isEmpty();
    }

    @Test
    void keepsADestroyedDomainUntilItsBackendsLetGo() throws InterruptedException {
        int domid = model.start(DomainSpec.pv("web"));
        model.faults().lingersWhenDestroyed(domid, Duration.ofSeconds(8));
        model.faults().powersOff(domid, Duration.ofSeconds(1));

        pass(8);
        assertThat(tools.row(domid)).contains("(null)", " 0 ", "--ps-d");
        pass(2);
        assertThat(tools.row(domid)).isEmpty();
    }

    @Test
    void beatsOnlyOnceInItsPeriodAlsoAfterAReboot() throws InterruptedException {
        int domid = model.start(DomainSpec.pv("web"));
        model.faults().heartbeatEvery(domid, Duration.ofSeconds(30));

        pass(29);
        assertThat(heartbeat(domid)).isEmpty();
        pass(2);
        assertThat(heartbeat(domid)).isEqualTo("1\n");
        pass(30);
        assertThat(heartbeat(domid)).isEqualTo("2\n");
        model.faults().reboots(domid, Duration.ofSeconds(1));
        pass(3);
        pass(29);
        assertThat(heartbeat(domid + 1)).isEmpty();
        pass(2);
        assertThat(heartbeat(domid + 1)).isEqualTo("1\n");
        assertThatThrownBy(() -> model.faults().heartbeatEvery(domid + 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void losesItsHeartbeatWithItsAgentAndNothingElse() throws InterruptedException {
        int domid = model.start(DomainSpec.pv("web"));
        pass(5);
        assertThat(heartbeat(domid)).isEqualTo("5\n");
        long used = cpu(domid);

        model.faults().stopAgent(domid, true);

        pass(60);
        assertThat(heartbeat(domid)).isEqualTo("5\n");
        assertThat(tools.row(domid)).contains("-b----");
        assertThat(cpu(domid)).isGreaterThan(used);
        model.faults().stopAgent(domid, false);
        pass(2);
        assertThat(heartbeat(domid)).isEqualTo("7\n");
    }

    @Test
    void showsDeviceModelsWhoseWordsMayEqualOtherIds() throws InterruptedException {
        model.start(DomainSpec.hvm("7").size(2, 96), 5);

        assertThat(ps().lines().filter(line -> line.contains("qemu")).toList())
                .singleElement()
                .asString()
                .contains(" -xen-domid 5 ", " -name 7 ", " -smp 2,maxcpus=2 ", ",path=/var/run/xen/qmp-libxl-5,")
                .endsWith(" -m 96");
    }

    @Test
    void showsDeviceModelsOfXenopsdUnderTheirOwnNames() throws InterruptedException {
        HostModel xcp = new HostModel(HostFacts.xcpNg("xcp-1"), time);
        xcp.start(DomainSpec.hvm("db").size(4, 2048), 5);

        assertThat(new ToolRunner(xcp).run("ps", "axo", "args").out())
                .contains(
                        "\nqemu-dm-5 -machine pc-0.10,accel=xen,",
                        " -xen-domid 5 -m size=2048 ",
                        " -smp 4,maxcpus=4 ",
                        " -qmp unix:/var/run/xen/qmp-libxl-5,server,nowait ");
    }

    private void pass(int seconds) {
        time.advance(Duration.ofSeconds(seconds));
        model.locked(() -> {});
    }

    private String heartbeat(int domid) throws InterruptedException {
        return tools.run("xenstore-read", "/local/domain/" + domid + "/data/heartbeat")
                .out();
    }

    private long cpu(int domid) {
        return model.locked(() -> model.domain(domid).orElseThrow().cpuNanos());
    }

    private String ps() throws InterruptedException {
        return tools.run("ps", "axo", "pid,args").out();
    }
}
