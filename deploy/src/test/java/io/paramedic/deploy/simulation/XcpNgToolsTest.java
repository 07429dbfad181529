package io.paramedic.deploy.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.deploy.simulation.model.Behaviour;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostFacts;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.RunState;
import io.paramedic.deploy.simulation.model.TimeSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code list_domains} and {@code xe} of a simulated XCP-ng host. */
class XcpNgToolsTest {
    private static final String UUID = "00000003-1111-2222-3333-000000000003";

    private final HostModel model = new HostModel(HostFacts.xcpNg("xcp-1"), TimeSource.scaled(100));
    private final ToolRunner tools = new ToolRunner(model);

    @Test
    void padsEveryCellOfListDomainsOnTheLeft() throws InterruptedException {
        model.start(DomainSpec.hvm("db").uuid(UUID), 12);
        model.faults().pin(12, RunState.BLOCKED);

        assertThat(tools.run("list_domains").out())
                .isEqualTo("""
                    id |                                 uuid |  state
                     0 | %s |     R\s
                    12 | 00000003-1111-2222-3333-000000000003 |    B H
                    """.formatted(model.facts().dom0Uuid()));
    }

    @Test
    void addsAllColumnsAndWritesNaForTheControlDomain() throws InterruptedException {
        model.start(DomainSpec.hvm("db").uuid(UUID).size(2, 4096));
        model.faults().cpuTime(1, Duration.ofHours(1));
        model.faults().pin(1, RunState.NEITHER);

        String[] lines = tools.run("list_domains", "-all").out().split("\n");

        assertThat(lines[0].replaceAll(" +", " "))
                .endsWith("| state | tot MiB | max MiB | shadow MiB | shutdown code | sif | cpu time | vcpus online"
                        + " | max vcpu id | ssidref");
        assertThat(lines[1].replaceAll(" +", " ")).contains("| R | 4096 | N/A | N/A | 255 |");
        assertThat(lines[2].replaceAll(" +", " "))
                .startsWith(" 1 | " + UUID + " | H | 4096 | 4097 | 33 | 255 |")
                .contains("| 720")
                .endsWith("| 2 | 1 | 0");
        assertThat(lines).allMatch(line -> line.length() == lines[0].length());
    }

    @Test
    void endsWithTwoWhereTheRealOneThrows() throws InterruptedException {
        assertThat(tools.run("list_domains", "-domid", "77").status()).isEqualTo(2);
        assertThat(tools.run("list_domains", "-bytes", "-pages").status()).isEqualTo(2);
        assertThat(tools.run("list_domains", "stray").out())
                .startsWith("Warning, ignoring unknown argument: strayid |");
    }

    @Test
    void printsRecordsWithTheFirstLabelToTheLeft() throws InterruptedException {
        model.start(DomainSpec.hvm("db").uuid(UUID));

        assertThat(tools.run("xe", "vm-list", "uuid=" + UUID).out()).isEqualTo("""
            uuid ( RO)           : 00000003-1111-2222-3333-000000000003
                 name-label ( RW): db
                power-state ( RO): running


            """);
    }

    @Test
    void printsOnlyTheFirstFieldOfEachRecordWhenMinimal() throws InterruptedException {
        model.start(DomainSpec.hvm("db").uuid(UUID));

        assertThat(tools.run("xe", "vm-list", "params=power-state,uuid", "is-control-domain=false", "--minimal")
                        .out())
                .isEqualTo(UUID + "\n");
        assertThat(tools.run("xe", "vm-list", "name-label=nosuch", "--minimal").out())
                .isEqualTo("\n");
        assertThat(tools.run("xe", "vm-list", "nosuch=1").err()).isEqualTo("Unknown field 'nosuch'\n");
    }

    @Test
    void givesTheBareValueOfOneField() throws InterruptedException {
        int domid = model.start(DomainSpec.hvm("db").uuid(UUID));

        assertThat(tools.run("xe", "vm-param-get", "uuid=" + UUID, "param-name=dom-id")
                        .out())
                .isEqualTo(domid + "\n");
        assertThat(tools.run("xe", "vm-param-get", "uuid=" + UUID, "param-name=resident-on")
                        .out())
                .isEqualTo(model.facts().hostUuid() + "\n");
    }

    @Test
    void stopsAPausedOrHungVmByForce() throws InterruptedException {
        model.start(DomainSpec.hvm("db").uuid(UUID).behaves(Behaviour.ASLEEP));

        assertThat(tools.run("xe", "vm-shutdown", "uuid=" + UUID).err())
                .isEqualTo("VM didn't acknowledge the need to shutdown.\nvm: " + UUID + " (db)\n");
        assertThat(tools.run("xe", "vm-shutdown", "uuid=" + UUID, "--force").status())
                .isZero();

        assertThat(power()).isEqualTo("halted\n");
        assertThat(model.domains()).hasSize(1);
    }

    @Test
    void rebootsByForceUnderAnotherIdWithTheSameUuid() throws InterruptedException {
        model.start(DomainSpec.hvm("db").uuid(UUID).behaves(Behaviour.ASLEEP));

        assertThat(tools.run("xe", "vm-reboot", "uuid=" + UUID, "--force").status())
                .isZero();

        assertThat(power()).isEqualTo("running\n");
        assertThat(tools.run("list_domains").out()).contains(" 2 | " + UUID);
    }

    @Test
    void marksADestroyedVmThatIsHeldWithDeadBeef() throws InterruptedException {
        model.start(DomainSpec.hvm("db").uuid(UUID), 26);
        model.faults().hold(26, "tapdisk {domid}");

        tools.run("xe", "vm-shutdown", "uuid=" + UUID, "--force");

        assertThat(tools.run("list_domains").out()).contains("26 | deadbeef-dead-beef-dead-beef0000001a | D P  H\n");
        assertThat(power()).isEqualTo("halted\n");
    }

    @Test
    void resetsOnlyTheDatabaseAndLetsAPausedVmPass() throws InterruptedException {
        int domid = model.start(DomainSpec.hvm("db").uuid(UUID));
        assertThat(tools.run("xe", "vm-reset-powerstate", "uuid=" + UUID, "--force")
                        .err())
                .startsWith("The operation could not be performed because a domain still exists");
        tools.run("xe", "vm-pause", "uuid=" + UUID);

        assertThat(tools.run("xe", "vm-reset-powerstate", "uuid=" + UUID, "--force")
                        .status())
                .isZero();

        assertThat(power()).isEqualTo("halted\n");
        assertThat(model.domain(domid)).isPresent();
        assertThat(tools.run("xe", "vm-start", "uuid=" + UUID).status()).isEqualTo(1);
    }

    @Test
    void saysWhoElseWorksOnTheVm() throws InterruptedException {
        int domid = model.start(DomainSpec.hvm("db").uuid(UUID));
        model.faults().stuckTask(domid, "migrate_send", false);

        assertThat(tools.run("xe", "vm-pause", "uuid=" + UUID).err())
                .startsWith("Another operation involving the object is currently in progress\nclass: VM\nobject: "
                        + UUID
                        + " (db)\noperation_type: migrate_send\n");

        String task =
                tools.run("xe", "task-list", "params=uuid", "--minimal").out().strip();
        assertThat(tools.run("xe", "task-cancel", "uuid=" + task).status()).isZero();
        assertThat(tools.run("xe", "task-list", "--minimal").out()).isEqualTo(task + "\n");
    }

    @Test
    void keepsACrashedVmPausedWhenItShallBePreserved() throws InterruptedException {
        int domid = model.start(DomainSpec.hvm("db").uuid(UUID));
        model.faults().crashPreserved(domid);
        tools.run("sleep", "1");

        assertThat(tools.run("list_domains").out()).contains("|  SP  H\n");
        assertThat(power()).isEqualTo("paused\n");
    }

    @Test
    void answersWithoutXapiOnlyWhatNeedsNoXapi() throws InterruptedException {
        model.faults().stopXapi(true);
        model.faults().killXenstored();

        assertThat(tools.run("xe", "vm-list").err()).isEqualTo("Error: Connection refused (calling connect )\n");
        assertThat(tools.run("list_domains").status()).isZero();
    }

    private String power() throws InterruptedException {
        return tools.run("xe", "vm-param-get", "uuid=" + UUID, "param-name=power-state")
                .out();
    }
}
