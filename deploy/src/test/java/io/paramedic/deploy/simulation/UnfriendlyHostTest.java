package io.paramedic.deploy.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.deploy.simulation.hosts.CommandFaults.Fault;
import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostFacts;
import io.paramedic.deploy.simulation.model.TimeSource;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that lacks programs, rights, Xen, or the connection. */
class UnfriendlyHostTest {
    private SimulatedHosts pool;
    private SshClientForTests client;
    private SimulatedHost xl;
    private SimulatedHost xcp;

    @BeforeEach
    void start() throws IOException {
        pool = SimulatedHosts.open(TimeSource.scaled(20));
        xl = pool.add(HostFacts.xl("xl-1"));
        xcp = pool.add(HostFacts.xcpNg("xcp-1"));
        xl.model().start(DomainSpec.pv("web"));
        xcp.model().start(DomainSpec.hvm("db"));
        client = new SshClientForTests(pool);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        pool.close();
    }

    /** The second line needs a real shell. */
    @ParameterizedTest
    @ValueSource(strings = {"command -v xl; xl list", "x=xl; command -v $x; $x list 2>&2"})
    void lacksAProgram(String line) throws IOException {
        xl.commandFaults().uninstall("xl");

        SshClientForTests.Result result = client.run(xl, line);

        assertThat(result.status()).isEqualTo(127);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("xl: not found");
        assertThat(client.run(xl, "command -v xenstore-ls").status()).isZero();
    }

    @Test
    void hasNoXeWhereThereIsNoXapi() throws IOException {
        assertThat(client.run(xl, "command -v xe").status()).isEqualTo(127);
        assertThat(client.run(xl, "xe host-list").status()).isEqualTo(127);
        assertThat(client.run(xcp, "command -v xe").status()).isZero();
    }

    @Test
    void saysToAnotherUserThatItMustBeRoot() throws IOException {
        assertThat(client.run(xl, "user", "xl list", "")).isEqualTo(new SshClientForTests.Result(1, "", """
            xencall: error: Could not obtain handle on privileged command interface: Permission denied
            libxl: error: libxl.c:102:libxl_ctx_alloc: cannot open libxc handle: Permission denied
            cannot init xl context
            """));
        assertThat(client.run(xl, "user", "xenstore-ls -f", "").err())
                .isEqualTo("xenstore-ls: xs_open: Permission denied\n");
        assertThat(client.run(xcp, "user", "list_domains", "").err())
                .isEqualTo("Fatal error: exception Xenctrl.Error(\"13: Permission denied\")\n");
        assertThat(client.run(xcp, "user", "xe vm-list", "").status()).isEqualTo(1);
        assertThat(client.run(xl, "user", "ps axo pid,wchan:20,args", "").out())
                .contains("oxenstored")
                .doesNotContain("do_sys_poll");
        assertThat(client.run(xl, "ps axo pid,wchan:20,args").out()).contains("do_sys_poll");
    }

    @Test
    void doesNotGetAtAHypervisorThatIsNotThere() throws IOException {
        xl.model().faults().bootWithoutXen();
        xcp.model().faults().bootWithoutXen();

        SshClientForTests.Result list = client.run(xl, "timeout 9 xl list");
        assertThat(list.status()).isEqualTo(1);
        assertThat(list.err()).contains("No such file or directory\n").endsWith("cannot init xl context\n");
        assertThat(client.run(xl, "xenstore-list /").status()).isEqualTo(1);
        assertThat(client.run(xl, "xen-diag gnttab_query_size 1"))
                .isEqualTo(new SshClientForTests.Result(0, "", "failed to get the handler\n"));
        assertThat(client.run(xl, "ps axo args").out()).contains("sshd").doesNotContain("xen");
        assertThat(client.run(xcp, "list_domains").status()).isEqualTo(2);
        assertThat(client.run(xcp, "xe vm-list").err()).startsWith("Error: Connection refused");

        xl.model().powerCycle();
        assertThat(client.run(xl, "xl list").status()).isZero();
    }

    @Test
    void losesTheConnectionInTheMiddleOfALook() throws IOException {
        xl.commandFaults().nth("", 3, new Fault.CutBefore());

        assertThat(client.run(xl, "xl info").status()).isZero();
        assertThat(client.run(xl, "timeout 9 xl list").status()).isZero();
        assertThat(client.run(xl, "timeout 9 xl list").status()).isNull();
        assertThat(client.run(xl, "xl list").status()).isZero();
    }

    @Test
    void losesTheConnectionInTheMiddleOfAnOutput() throws IOException {
        String whole = client.run(xl, "xenstore-ls -f").out();
        xl.commandFaults().once("xenstore-ls", new Fault.CutDuring(100));

        SshClientForTests.Result cut = client.run(xl, "timeout 9 xenstore-ls -f");

        assertThat(cut.status()).isNull();
        assertThat(whole).startsWith(cut.out());
        assertThat(cut.out()).hasSizeLessThanOrEqualTo(100);
    }
}
