package io.paramedic.deploy.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paramedic.deploy.simulation.hosts.HostRecord;
import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Lines that need a shell run in a real one, whose tools are those of the simulated host. */
class RealShellTest {
    private SimulatedHosts pool;
    private SshClientForTests client;
    private SimulatedHost host;

    @BeforeEach
    void start() throws IOException {
        pool = SimulatedHosts.open();
        host = pool.add(HostFacts.xl("xl-1"));
        host.model().start(DomainSpec.pv("web"));
        client = new SshClientForTests(pool);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        pool.close();
    }

    @Test
    void readsTheModelThroughPipesAndSubstitutions() throws IOException {
        assertThat(client.run(host, "for d in $(xenstore-list /local/domain); do xl list $d | tail -n +2; done")
                        .out())
                .contains("Domain-0 ")
                .contains("web ");
        assertThat(client.run(host, "cat /proc/sys/kernel/random/boot_id | tr a-f A-F")
                        .out())
                .isEqualToIgnoringCase(host.model().bootId() + "\n");
    }

    @Test
    void passesOnStatusAndBothOutputs() throws IOException {
        SshClientForTests.Result result = client.run(host, "(xl list nosuch); echo \"rc=$?\"; xl domid nosuch");

        assertThat(result.out()).isEqualTo("rc=1\n");
        assertThat(result.err())
                .isEqualTo("nosuch is an invalid domain identifier (rc=-6)\n"
                        + "Can't get domid of domain name 'nosuch', maybe this domain does not exist.\n");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void keepsWordsAsTheyAre() throws IOException {
        client.run(host, "name=\"two  words * \\\"quoted\\\"\"; xl rename 1 \"$name\"");

        assertThat(client.run(host, "xl domname 1").out()).isEqualTo("two  words * \"quoted\"\n");
    }

    @Test
    void usesItsOwnProgramsForItsOwnFiles() throws IOException {
        assertThat(client.run(host, "echo mine >\"$HOME/f\"; cat \"$HOME/f\"; echo in | cat")
                        .out())
                .isEqualTo("mine\nin\n");
        assertThat(client.run(host, "cat /etc/passwd | cat").out()).isEqualTo(Files.readString(Path.of("/etc/passwd")));
    }

    @Test
    void readsAScriptFromStandardInput() throws IOException {
        assertThat(client.run(host, "root", "sh -s one", "echo \"$1\"; xl domid web\n")
                        .out())
                .isEqualTo("one\n1\n");
    }

    @Test
    void isRootOnlyThroughSudo() throws IOException {
        String line = "xl domid web | cat";
        assertThat(client.run(host, "operator", line, "").err()).contains("cannot init xl context");
        assertThat(client.run(host, "operator", "sudo -n -- sh -c '" + line + "'", "")
                        .out())
                .isEqualTo("1\n");
        assertThat(client.run(host, "operator", "sudo -n -- sh -c 'xl domid web'", "")
                        .out())
                .isEqualTo("1\n");
        assertThat(client.run(host, "operator", "xl domid web", "").status()).isEqualTo(1);
    }

    @Test
    void servesAProcessThatHasOutlivedItsConnection() throws IOException {
        String detached =
                "nohup sh -c 'while [ ! -e go ]; do sleep 0.1; done; xl destroy 1 >done.out 2>&1; echo $? >done'"
                        + " </dev/null >/dev/null 2>&1 &";
        client.run(host, detached);
        client.connect(host, "root").close(true).await(Duration.ofSeconds(10));
        assertThat(host.model().domain(1)).isPresent();

        client.run(host, "touch $HOME/go");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                host.model().locked(() -> host.model().domain(1)))
                        .isEmpty());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(client.run(host, "cat $HOME/done").out()).isEqualTo("0\n"));
        HostRecord.Entry entry = host.record().programs("xl destroy").getFirst();
        assertThat(entry.within()).isEqualTo(1);
        assertThat(entry.effects()).containsExactly("began to destroy domain 1 (web)", "destroyed domain 1");
    }

    /** Elsewhere only processes whose shell still lives are found. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void endsEverythingWhenTheHostCloses() throws IOException {
        String out = client.run(
                        host, "setsid sleep 1234 </dev/null >/dev/null 2>&1 & echo $! $HOME; xl list >/dev/null")
                .out();
        long pid = Long.parseLong(out.split(" ", -1)[0]);
        Path home = Path.of(out.split(" ", -1)[1].strip());
        assertThat(ProcessHandle.of(pid)).isPresent();
        assertThat(home).exists();

        pool.close();

        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(Files.exists(home)).isFalse();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("simulated-host-")))
                .isEmpty();
    }

    @Test
    void hangsAToolThatHangsAndLetsTheShellsOwnLimitEndIt() throws IOException {
        host.model().faults().stopXenstored(true);

        SshClientForTests.Result result =
                client.run(host, "xl list & sleep 1; kill $!; wait $!; echo \"rc=$?\"; xen-diag gnttab_query_size 1");

        assertThat(result.out()).isEqualTo("rc=143\ndomid=1: nr_frames=1, max_nr_frames=64\n");
        await().untilAsserted(() ->
                assertThat(host.record().programs("xl list").getFirst().ended()).isNotNull());
    }

    @Test
    void leavesHalfADomainWhereADestroyIsKilled() throws IOException {
        host.model().start(DomainSpec.pv("big").size(1, 8000));

        String list = client.run(
                        host,
                        "xl destroy big & p=$!; until xl list 2 | grep -q null; do :; done; kill -9 $p; wait $p; sleep"
                                + " 1; xl list 2")
                .out();

        assertThat(list).contains("(null) ").contains(" 8000 ").contains("--p---");
        assertThat(host.record().effects()).containsExactly("began to destroy domain 2 (big)");
    }

    @Test
    void answersManyShellsAtOnce() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<String> outs = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    outs.add(client.run(host, "for i in 1 2 3; do xl domid $(xl domname 1); done")
                            .out());
                } catch (IOException e) {
                    outs.add(e.toString());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(outs).hasSize(8).allMatch("1\n1\n1\n"::equals);
    }
}
