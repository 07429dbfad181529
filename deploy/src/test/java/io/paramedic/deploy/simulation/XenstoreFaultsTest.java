package io.paramedic.deploy.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paramedic.deploy.simulation.model.Behaviour;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostFacts;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.TimeSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A xenstore that changes while it is read, or cannot be read as a whole. */
class XenstoreFaultsTest {
    private final HostModel model = new HostModel(HostFacts.xl("xl-1"), TimeSource.scaled(100));
    private final ToolRunner tools = new ToolRunner(model);

    @BeforeEach
    void start() {
        model.start(DomainSpec.pv("web").behaves(Behaviour.IDLE));
        model.start(DomainSpec.pv("db").behaves(Behaviour.IDLE));
    }

    @Test
    void endsOnceWhereADirectoryVanishesUnderTheListing() throws InterruptedException {
        model.faults().vanishesWhileListed("/local/domain/1");

        ToolRunner.Result first = tools.run("xenstore-ls", "-f");
        ToolRunner.Result second = tools.run("xenstore-ls", "-f");

        assertThat(first.status()).isEqualTo(1);
        assertThat(first.err()).isEqualTo("xenstore-ls: xs_directory (/local/domain/1): No such file or directory\n");
        assertThat(first.out())
                .contains("/local/domain/0/name = ")
                .endsWith("/local/domain/1 = \"\"\n")
                .doesNotContain("\n/local/domain/2");
        assertThat(second.status()).isZero();
        assertThat(second.out()).contains("/local/domain/2/name = \"db\"").doesNotContain("\n/local/domain/1/");
    }

    @Test
    void missesANodeThatWasListedAMomentAgo() throws InterruptedException {
        model.faults().vanishesOnceListed("/local/domain/1/memory/target");

        assertThat(tools.run("xenstore-ls", "-f").out()).contains("/local/domain/1/memory/target = ");
        assertThat(tools.run("xenstore-read", "/local/domain/1/memory/target"))
                .extracting(ToolRunner.Result::status, ToolRunner.Result::err)
                .containsExactly(1, "xenstore-read: couldn't read path /local/domain/1/memory/target\n");
    }

    @Test
    void listsOneLevelWhereTheTreeCannotBeRead() throws InterruptedException {
        model.faults().unlistable("/libxl", true);

        assertThat(tools.run("xenstore-ls", "-f"))
                .extracting(ToolRunner.Result::status, ToolRunner.Result::err)
                .containsExactly(1, "xenstore-ls: xs_directory (/libxl): Argument list too long\n");
        assertThat(tools.run("xenstore-list", "/local/domain").out()).isEqualTo("0\n1\n2\n");
        assertThat(tools.run("xenstore-read", "/local/domain/1/name").out()).isEqualTo("web\n");

        model.faults().unlistable("/libxl", false);
        assertThat(tools.run("xenstore-ls", "-f").status()).isZero();
    }

    @Test
    void refusesAFaultOfANodeThatIsNotThere() {
        assertThatThrownBy(() -> model.faults().vanishesWhileListed("/local/domain/9"))
                .hasMessage("no node /local/domain/9 in the xenstore of xl-1");
    }
}
