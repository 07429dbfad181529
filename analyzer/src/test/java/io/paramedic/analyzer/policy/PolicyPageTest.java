package io.paramedic.analyzer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.yaml.DurationText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page about policies says what the code does. */
class PolicyPageTest {
    private static final Path PAGE = Path.of("..", "deploy", "docs", "policy.md");
    private static final Path EXAMPLE = PAGE.resolveSibling("policy.yaml");
    private static final Pattern ROWS = Pattern.compile("(\\| `.*\n)+");

    @BeforeAll
    static void rewriteWhereAsked() throws IOException {
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.writeString(PAGE, right());
            Files.writeString(EXAMPLE, PolicyDocument.write(Policy.DEFAULT));
        }
    }

    @Test
    void thePageHasExactlyTheKeysOfTheCode() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(page)
                .as("rewrite with -Dgolden.rewrite=true")
                .isEqualTo(right())
                .contains(table());
    }

    @Test
    void theExampleIsTheDefault() throws IOException {
        String example = Files.readString(EXAMPLE);

        assertThat(example).isEqualTo(PolicyDocument.write(Policy.DEFAULT));
        assertThat(PolicyDocument.parse(example)).isEqualTo(new Parsed.Ok(Policy.DEFAULT));
    }

    @Test
    void theShortExampleOfThePageIsTaken() throws IOException {
        String page = Files.readString(PAGE);
        String block = page.split("```yaml\n", 2)[1].split("```", 2)[0];

        assertThat(PolicyDocument.parse(block)).isInstanceOf(Parsed.Ok.class);
    }

    @Test
    void theFloorsOfThePageAreThoseOfTheCode() {
        assertThat(PolicyKeys.ALL).filteredOn(PolicyKey.Time.class::isInstance).allSatisfy(key -> {
            PolicyKey.Time time = (PolicyKey.Time) key;
            String floor = time.path().equals("patience.evidence")
                    ? "10s"
                    : time.name().equals("verify") ? "5s" : "1s";
            assertThat(DurationText.of(time.floor())).as(time.path()).isEqualTo(floor);
        });
    }

    private static String right() throws IOException {
        return ROWS.matcher(Files.readString(PAGE)).replaceFirst(Matcher.quoteReplacement(table()));
    }

    private static String table() {
        return PolicyKeys.ALL.stream().map(PolicyPageTest::row).collect(Collectors.joining());
    }

    private static String row(PolicyKey key) {
        return "| `%s` | `%s` | %s | %s |\n"
                .formatted(key.path(), PolicyWriter.value(key, Policy.DEFAULT).strip(), range(key), key.meaning());
    }

    private static String range(PolicyKey key) {
        return switch (key) {
            case PolicyKey.Time time -> DurationText.of(time.least()) + " to " + DurationText.of(time.most());
            case PolicyKey.Count count -> count.least() + " to " + count.most();
            case PolicyKey.Choice _ -> "observe, advise, act";
            case PolicyKey.Flag _ -> "true, false";
            case PolicyKey.Names _ -> "up to " + PolicyKey.Names.MOST + " names";
        };
    }
}
