package io.paramedic.deploy.ring;

import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.yaml.Problem;
import io.paramedic.schemas.yaml.YamlNode;
import io.paramedic.schemas.yaml.YamlReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code paramedic up} and the other commands are configured by: where the log lives, how hosts are reached from here,
 * and the pools with their hosts, probes and policies. Every key is in {@code deploy/docs/configuration.md}.
 *
 * @param file that was read
 * @param log where the log lives
 * @param ssh how hosts are reached from here
 * @param page where the page is shown and who is told
 * @param pools in the order of the file
 */
public record RingFile(Path file, LogHome log, Ssh ssh, Page page, List<Pool> pools) {
    private static final Path USUAL_DATA = Path.of("paramedic-data");

    public RingFile {
        pools = List.copyOf(pools);
    }

    /**
     * @param config the ssh_config to follow; absent for the user's own
     * @param knownHosts in place of the user's own; absent for those
     * @param identities private keys to log in with
     */
    public record Ssh(@Nullable Path config, @Nullable Path knownHosts, List<Path> identities) {
        public Ssh {
            identities = List.copyOf(identities);
        }
    }

    /**
     * @param port on 127.0.0.1; 0 takes any free one
     * @param webhook where each transition of an incident is posted to; absent where nobody wants it
     */
    public record Page(int port, @Nullable URI webhook) {
        /** Any free port, and nobody is told. */
        public static final Page USUAL = new Page(0, null);
    }

    /** @param policy the file of the pool's policy; absent where what was set by hand, or the default, holds */
    public record Pool(String name, @Nullable Path policy, List<HostRecord> hosts) {
        public Pool {
            hosts = List.copyOf(hosts);
        }
    }

    /** What became of a file. */
    public sealed interface Parsed {
        record Ok(RingFile file) implements Parsed {}

        /** Problems stand in the order of the file. */
        record Refused(Path file, List<Problem> problems) implements Parsed {
            public Refused {
                problems = List.copyOf(problems);
            }

            /** All problems, one on each line. */
            public String text() {
                return problems.stream()
                        .map(problem -> "  " + problem.text())
                        .collect(Collectors.joining(
                                System.lineSeparator(), file + " cannot be used:" + System.lineSeparator(), ""));
            }
        }
    }

    /** Reads a file; all that is wrong with it is reported at once. */
    public static Parsed read(Path file) {
        try {
            return parse(file, Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException failed) {
            return new Parsed.Refused(
                    file,
                    List.of(new Problem("", 0, "", "it cannot be read (" + failed + "); look at its name and rights")));
        }
    }

    static Parsed parse(Path file, String text) {
        List<Problem> problems = new ArrayList<>();
        Optional<RingFile> parsed =
                YamlReader.read(text, "a configuration", problems).flatMap(root -> root(file, root, problems));
        if (parsed.isPresent() && problems.isEmpty()) {
            return new Parsed.Ok(parsed.get());
        }
        problems.sort(Comparator.comparingInt(Problem::line));
        return new Parsed.Refused(file, problems);
    }

    private static Optional<RingFile> root(Path file, YamlNode node, List<Problem> problems) {
        Fields fields = Fields.of("", node, problems);
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."));
        LogHome log = log(fields, folder);
        Ssh ssh = fields.section("ssh").map(section -> ssh(section, folder)).orElse(new Ssh(null, null, List.of()));
        Page page = fields.section("page").map(RingFile::page).orElse(Page.USUAL);
        List<Pool> pools = fields.section("pools")
                .map(section -> PoolReader.pools(section, folder))
                .orElse(List.of());
        fields.refuseOthers();
        return Optional.of(new RingFile(file, log, ssh, page, pools));
    }

    private static LogHome log(Fields fields, Path folder) {
        Optional<Path> data = fields.text("data").map(folder::resolve);
        Optional<Path> kafka = fields.text("kafka").map(folder::resolve);
        int port = fields.whole("port", 0, 65_535).orElse(0);
        if (data.isPresent() && kafka.isPresent()) {
            fields.problem(
                    "kafka",
                    "beside data: the log is either embedded, with its data in a folder, or an external Kafka");
        }
        return kafka.<LogHome>map(LogHome.External::new)
                .orElseGet(() -> new LogHome.Embedded(data.orElse(folder.resolve(USUAL_DATA)), port));
    }

    private static Page page(Fields fields) {
        int port = fields.whole("port", 0, 65_535).orElse(0);
        Optional<String> webhook = fields.text("webhook");
        fields.refuseOthers();
        try {
            return new Page(port, webhook.map(URI::create).orElse(null));
        } catch (IllegalArgumentException _) {
            fields.problem("webhook", "must be a URL such as https://hooks.example.org/paramedic");
            return Page.USUAL;
        }
    }

    private static Ssh ssh(Fields fields, Path folder) {
        Ssh ssh = new Ssh(
                fields.text("config").map(folder::resolve).orElse(null),
                fields.text("known_hosts").map(folder::resolve).orElse(null),
                fields.texts("identities").stream().map(folder::resolve).toList());
        fields.refuseOthers();
        return ssh;
    }
}
