package io.paramedic.deploy.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.deploy.cli.CommandNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Documents are compiled: what they name exists. */
class DocumentsTest {
    /** Words in documents that look like classes and are other people's. */
    private static final Set<String> FOREIGN =
            Set.of("LogAppendTime", "HostName", "IdentityFile", "ProxyJump", "XenServer", "NullAway");

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static Document.Project project;

    @BeforeAll
    static void lookAtTheProject() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .map(ROOT::relativize)
                    .toList();
            project = new Document.Project(ROOT, sources, CommandNames.all(), profiles(), FOREIGN);
        }
    }

    @Test
    void everythingThatADocumentNamesExists() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : documents()) {
            wrong.addAll(Document.read(file).wrongNames(project));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theDocumentsAreFound() throws IOException {
        assertThat(documents()).contains(ROOT.resolve("CONTRIBUTING.md"), ROOT.resolve("deploy/docs/exit-codes.md"));
    }

    @Test
    void wrongNamesAreFound() {
        assertThat(wrong("`deploy/docs/nothing.md`")).containsExactly("x.md: no file: deploy/docs/nothing.md");
        assertThat(wrong("`Nothing.java`")).containsExactly("x.md: no file: Nothing.java");
        assertThat(wrong("[it](docs/nothing.md#part)"))
                .containsExactly("x.md: no file behind the link: docs/nothing.md");
        assertThat(wrong("`NoSuchThing`")).containsExactly("x.md: no class: NoSuchThing");
        assertThat(wrong("`io.paramedic.nothing`")).containsExactly("x.md: no class or package: io.paramedic.nothing");
        assertThat(wrong("`./paramedic dance --now`")).containsExactly("x.md: no command: dance");
        assertThat(wrong("```\n$ ./paramedic dance\n```")).containsExactly("x.md: no command: dance");
        assertThat(wrong("`mvn verify -Pnothing`")).containsExactly("x.md: no profile: nothing");
    }

    @Test
    void rightNamesAndExamplesPass() {
        assertThat(wrong("`deploy/pom.xml` `deploy/target/paramedic` `/proc/uptime` `xl` `deploy/<name>.md`"))
                .isEmpty();
        assertThat(wrong("`DocumentsTest` `DocumentsTest.java` `io.paramedic.deploy.cli` `LogAppendTime`"))
                .isEmpty();
        assertThat(wrong("`io.paramedic.deploy.cli.ExitCode` [it](deploy/pom.xml) [web](https://example.org/a)"))
                .isEmpty();
        assertThat(wrong("`./paramedic help` `./paramedic --version` `mvn verify -Plab`"))
                .isEmpty();
    }

    private static List<String> wrong(String text) {
        return new Document(ROOT.resolve("x.md"), text).wrongNames(project);
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("deploy/docs"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
            }
        }
        return documents;
    }

    private static Set<String> profiles() throws IOException {
        return Pattern.compile("<profile>.*?<id>(.*?)</id>", Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toUnmodifiableSet());
    }
}
