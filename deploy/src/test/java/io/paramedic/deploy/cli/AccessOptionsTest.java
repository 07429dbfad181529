package io.paramedic.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.ssh.PassphraseSource;
import io.paramedic.collector.access.ssh.SshClients;
import io.paramedic.deploy.simulation.hosts.HostRecord;
import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import io.paramedic.deploy.simulation.model.HostFacts;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The options for reaching hosts, before anything is reached. */
class AccessOptionsTest {
    private final Queue<Path> asked = new ConcurrentLinkedQueue<>();
    private final PassphraseSource person = key -> {
        asked.add(key);
        return Optional.of("open sesame");
    };

    /** What the accesses are for this command line; they are closed again. */
    private List<String> names(List<String> hosts, String... arguments) {
        AccessOptions options = CommandLine.populateCommand(new AccessOptions(), arguments);
        CommandSpec spec = new CommandLine(CommandSpec.create()).getCommandSpec();
        try (SshClients clients = SshClients.start(person)) {
            return options.accesses(hosts, clients, spec).stream()
                    .map(HostAccess::name)
                    .toList();
        }
    }

    private static Path encryptedKey(Path file) throws Exception {
        KeyPair pair = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
        OpenSSHKeyEncryptionContext context = new OpenSSHKeyEncryptionContext();
        context.setPassword("open sesame");
        context.setCipherName("AES");
        context.setCipherType("256");
        context.setCipherMode("CTR");
        try (OutputStream out = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "test", context, out);
        }
        return file;
    }

    @Test
    void keepTheOrderOfTheHosts() {
        assertThat(names(List.of("b", "local", "op@a:2222"), "-F", "none"))
                .hasSize(3)
                .startsWith("root@b")
                .endsWith("op@a:2222");
    }

    @Test
    void askForThePassphraseOnceForAllHostsBeforeAnyIsReached(@TempDir Path folder) throws Exception {
        Path key = encryptedKey(folder.resolve("key"));
        try (SimulatedHosts pool = SimulatedHosts.open()) {
            SimulatedHost host = pool.add(HostFacts.xl("xl-1"));
            names(List.of("127.0.0.1:" + host.port(), "root@xl-2"), "-F", "none", "-i", key.toString());

            assertThat(asked).containsExactly(key);
            assertThat(host.record().entries())
                    .extracting(HostRecord.Entry::kind)
                    .isEmpty();
        }
    }

    @Test
    void askNobodyWhenTheCommandLineIsWrong(@TempDir Path folder) throws Exception {
        Path key = encryptedKey(folder.resolve("key"));

        assertThatThrownBy(() -> names(List.of("xl-1", "x@"), "-F", "none", "-i", key.toString()))
                .isInstanceOf(ParameterException.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void nameAllThatIsWrongWithTheHostsThatMaySpeakOldAlgorithms() {
        assertThatThrownBy(() -> names(
                        List.of("x@"), "--legacy-algorithms", "bad host", "--legacy-algorithms", "local", "-F", "none"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--legacy-algorithms: \"bad host\"")
                .hasMessageContaining("--legacy-algorithms local")
                .hasMessageContaining("\"x@\"");
    }

    @Test
    void takeOneHostForEachTimeThatOldAlgorithmsAreAllowed() {
        CommandLine.ParseResult parsed = Paramedic.commandLine()
                .parseArgs("doctor", "--legacy-algorithms", "op@old:2222", "--legacy-algorithms", "gate", "xen-07")
                .subcommand();

        assertThat(parsed.<List<String>>matchedOptionValue("--legacy-algorithms", List.of()))
                .containsExactly("op@old:2222", "gate");
        assertThat(parsed.matchedPositionals().getFirst().<List<String>>getValue())
                .containsExactly("xen-07");
    }

    @Test
    void areTheOnesThatTheRefusalOfAnUnknownKeySpellsOut(@TempDir Path folder) throws Exception {
        StringWriter out = new StringWriter();
        try (SimulatedHosts pool = SimulatedHosts.open()) {
            SimulatedHost host = pool.add(HostFacts.xl("xl-1"));
            String address = "root@127.0.0.1:" + host.port();
            String none = folder.resolve("none").toString();
            CommandLine commandLine = Paramedic.commandLine();
            commandLine.setOut(new PrintWriter(out, true));
            Paramedic.execute(
                    commandLine,
                    "doctor",
                    "--json",
                    "-F",
                    "none",
                    "-i",
                    none,
                    "--known-hosts",
                    none,
                    "--legacy-algorithms",
                    "old",
                    address);

            String json = out.toString();
            int start = json.indexOf("paramedic doctor ") + "paramedic ".length();
            String[] spelled = json.substring(start, json.indexOf('"', start)).split(" ");

            CommandLine.ParseResult parsed =
                    Paramedic.commandLine().parseArgs(spelled).subcommand();
            assertThat(parsed.originalArgs()).containsSubsequence("--accept-host-key", pool.fingerprint(), address);
            assertThat(parsed.<String>matchedOptionValue("-F", "")).isEqualTo("none");
            assertThat(parsed.matchedOptions()).hasSize(5);
        }
    }
}
