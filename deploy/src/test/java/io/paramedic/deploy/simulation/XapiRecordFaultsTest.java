package io.paramedic.deploy.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostFacts;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.TimeSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A database of xapi that does not say what runs (toolstack facts §8 nos. 21 to 23). */
class XapiRecordFaultsTest {
    private static final String DB = "00000003-1111-2222-3333-000000000003";
    private static final UUID OTHER_HOST = UUID.fromString("0000000b-1111-2222-3333-00000000000b");

    private final HostModel model = new HostModel(HostFacts.xcpNg("xcp-1"), TimeSource.scaled(100));
    private final ToolRunner tools = new ToolRunner(model);

    @Test
    void namesThisHostInTheInventoryTheHostListAndTheRecords() throws InterruptedException {
        model.start(DomainSpec.hvm("db").uuid(DB));

        String here = tools.run("xe", "host-list", "params=uuid", "--minimal").out();
        assertThat(tools.run("cat", "/etc/xensource-inventory").out())
                .contains("\nINSTALLATION_UUID='" + here.strip() + "'\n");
        assertThat(field("resident-on")).isEqualTo(here);
    }

    @Test
    void mayBelieveInAnotherHostWhileTheDomainRunsHere() throws InterruptedException {
        model.start(DomainSpec.hvm("db").uuid(DB));
        int web = model.start(DomainSpec.hvm("web"));

        model.faults().residentElsewhere(1, OTHER_HOST, web);

        assertThat(field("resident-on")).isEqualTo(OTHER_HOST + "\n");
        assertThat(field("dom-id")).isEqualTo(web + "\n");
        assertThat(field("power-state")).isEqualTo("running\n");
        assertThat(tools.run("list_domains").out()).contains(" 1 | " + DB);
        assertThat(tools.run("xe", "host-list", "params=uuid", "--minimal").out())
                .contains(OTHER_HOST.toString(), model.facts().hostUuid().toString());
        // What is done to the one elsewhere touches neither domain here.
        tools.run("xe", "vm-shutdown", "uuid=" + DB, "--force");
        assertThat(model.domains()).hasSize(3);
    }

    @Test
    void mayBelieveThatADomainHasHalted() throws InterruptedException {
        int domid = model.start(DomainSpec.hvm("db").uuid(DB));

        model.faults().recordHalted(domid);

        assertThat(field("power-state")).isEqualTo("halted\n");
        assertThat(field("dom-id")).isEqualTo("-1\n");
        assertThat(tools.run("list_domains").out()).contains(" 1 | " + DB);
        assertThatThrownBy(() -> model.faults().recordHalted(domid)).hasMessageContaining("no record");
    }

    @Test
    void mayBelieveInADomainThatIsNotThere() throws InterruptedException {
        model.faults().staleRecord(DomainSpec.hvm("db").uuid(DB), 7);

        assertThat(field("power-state")).isEqualTo("running\n");
        assertThat(field("dom-id")).isEqualTo("7\n");
        assertThat(field("resident-on")).isEqualTo(model.facts().hostUuid() + "\n");
        assertThat(tools.run("list_domains").out()).doesNotContain(DB);
        int domid = model.start(DomainSpec.hvm("web"));
        assertThatThrownBy(() -> model.faults().staleRecord(DomainSpec.hvm("two"), domid))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String field(String name) throws InterruptedException {
        return tools.run("xe", "vm-param-get", "uuid=" + DB, "param-name=" + name)
                .out();
    }
}
