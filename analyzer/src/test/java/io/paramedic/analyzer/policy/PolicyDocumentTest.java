package io.paramedic.analyzer.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.paramedic.analyzer.policy.Policy.Rung;
import io.paramedic.analyzer.policy.Policy.RungRule;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.yaml.Problem;
import io.paramedic.schemas.yaml.YamlReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDocumentTest {
    @Test
    void whatADocumentDoesNotSayHoldsItsDefault() {
        assertThat(read("mode: observe\n")).isEqualTo(Policy.DEFAULT);
    }

    @Test
    void saysEverythingThatAPolicyHas() {
        Policy policy = read("""
            # For the databases.
            mode: act
            patience:
              hung: 3m
            guards:
              suspects: 4
              window: 90s
            rungs:
              destroy_and_start:
                approval: true
              clean_reboot:
                enabled: false
                verify: 4m
            protected: ["db-*", 1234]
            """);

        assertThat(policy.mode()).isEqualTo(Mode.ACT);
        assertThat(policy.patience().hung()).isEqualTo(Duration.ofMinutes(3));
        assertThat(policy.patience().stopped()).isEqualTo(Policy.Patience.DEFAULT.stopped());
        assertThat(policy.guards().suspects()).isEqualTo(4);
        assertThat(policy.guards().window()).isEqualTo(Duration.ofSeconds(90));
        assertThat(policy.rungs())
                .containsEntry(Rung.DESTROY_AND_START, new RungRule(true, true, Duration.ofMinutes(5)))
                .containsEntry(Rung.CLEAN_REBOOT, new RungRule(false, false, Duration.ofMinutes(4)));
        assertThat(policy.protectedVms()).containsExactly("db-*", "1234");
    }

    @Test
    void reportsEveryProblemAtOnceWithItsLine() {
        assertThat(refused("""
            mode: ovserve
            patience:
              hung: 5s
              hungg: 2m
              zombie: 1d30m
            guards:
              suspects: 1
            rung:
              reap: yes
            """))
                .containsExactly(
                        "line 1: mode: ovserve: is one of observe, advise, act; did you mean observe?",
                        "line 3: patience.hung: 5s: is shorter than 20s, the least that is safe"
                                + " (on simulated hosts, unsafe_times: true permits it)",
                        "line 4: patience.hungg: no such key; did you mean hung?",
                        "line 5: patience.zombie: 1d30m: is a time: a whole number and ms, s, m, h or d,"
                                + " for example 90s, 2m or 1d",
                        "line 7: guards.suspects: 1: is a whole number from 2 to 10",
                        "line 8: rung: no such key; did you mean rungs?");
    }

    @Test
    void shortTimesNeedAWordOfTheirOwn() {
        String times = "patience:\n  hung: 2s\nrungs:\n  reap:\n    verify: 5s\n";

        assertThat(refused(times)).hasSize(2);
        assertThat(read(times + "unsafe_times: true\n").patience().hung()).isEqualTo(Duration.ofSeconds(2));
        assertThat(refused("unsafe_times: true\npatience:\n  hung: 999ms\n"))
                .containsExactly("line 3: patience.hung: 999ms: is shorter than 1s, the least that is safe");
    }

    /** A document, and a part of the sentence that refuses it. */
    static final List<Arguments> MISREAD = List.of(
            arguments("", "the document is empty"),
            arguments("# nothing\n", "the document is empty"),
            arguments("just words", "a policy is a section of keys, not a text"),
            arguments("[mode]", "a policy is a section of keys, not a list"),
            arguments("mode: act\n---\nmode: observe", "line 3: a second document begins here"),
            arguments("mode: act\nmode: act", "line 2: mode: stands twice, first on line 1"),
            arguments("mode:", "line 1: mode: has no value"),
            arguments("patience:", "line 1: patience: is a section of keys"),
            arguments("patience:\n\thung: 2m", "line 2: this is no YAML: found character '\\t(TAB)'"),
            arguments("mode: [act", "this is no YAML"),
            arguments("mode: !!str act", "line 1: mode: tags are not read"),
            arguments("patience: &p {hung: 2m}", "line 1: patience: anchors are not read"),
            arguments("protected: [*db]", "line 1: protected[0]: aliases are not read"),
            arguments("guards:\n  suspects: .nan", "line 2: guards.suspects: .nan: is a whole number"),
            arguments("guards:\n  suspects: 3.0", "line 2: guards.suspects: 3.0: is a whole number"),
            arguments("guards:\n  suspects: 0x3", "line 2: guards.suspects: 0x3: is a whole number"),
            arguments("guards:\n  suspects: 03", "line 2: guards.suspects: 03: is a whole number"),
            arguments("guards:\n  suspects: '3'", "line 2: guards.suspects: 3: is a whole number"),
            arguments("guards:\n  suspects: 99999999999999999999", "is a whole number from 2 to 10"),
            arguments(
                    "guards:\n  suspects: [3]", "guards.suspects: is a whole number from 2 to 10; here stands a list"),
            arguments("patience:\n  hung: 90", "patience.hung: 90: is a time"),
            arguments("patience:\n  hung: -90s", "patience.hung: -90s: is a time"),
            arguments("patience:\n  evidence: 10m", "patience.evidence: 10m: is longer than 2m"),
            arguments("rungs:\n  reap:\n    enabled: yes", "rungs.reap.enabled: yes: is true or false"),
            arguments("rungs:\n  reap:\n    enabled: 'true'", "rungs.reap.enabled: true: is true or false"),
            arguments("rungs:\n  reap: true", "rungs.reap: true: is a section of keys: approval, enabled, verify"),
            arguments("protected: db", "protected: db: is a list of names or uuids"),
            arguments("protected: [' ']", "protected[0]"),
            arguments(
                    "protected: [[a]]",
                    "protected[0]: is a name or uuid of 1 to 200 printable characters; here stands a list"),
            arguments("a: {b: {c: {d: {e: {f: {g: {h: {i: 1}}}}}}}}", "nested deeper"),
            arguments("? [mode]\n: act", "this is no YAML"),
            arguments("mode: act\u0000", "this is no YAML"));

    @ParameterizedTest
    @FieldSource("MISREAD")
    void refusesWhatCouldBeMisread(String document, String sentence) {
        assertThat(refused(document)).anyMatch(text -> text.contains(sentence));
    }

    @Test
    void aBombOfAliasesIsRefusedAndNotUnfolded() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }

        assertThat(refused(bomb.toString())).anyMatch(text -> text.contains("anchors are not read"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void depthDoesNoHarm(String opening) {
        assertThat(refused(opening.repeat(20_000))).isNotEmpty();
    }

    @Test
    void aDocumentWithoutEndIsNotRead() {
        assertThat(refused("#".repeat(YamlReader.LONGEST + 1)))
                .containsExactly("400,001 characters are more than a policy may have, 400,000");
    }

    @Test
    void whatIsWrittenExplainsItself() {
        assertThat(PolicyDocument.write(Policy.DEFAULT))
                .startsWith("# How far Paramedic goes")
                .contains(
                        "patience:\n  # How long two independent witnesses must both persist. 20s to 1h.\n  hung: 2m\n")
                .contains("rungs:\n  reap:\n    # Whether")
                .endsWith("protected: []\n");
    }

    @Test
    void whatNoDocumentCouldSayIsNotWritten() {
        Policy hasty = new Policy(
                Mode.ACT,
                Policy.Patience.DEFAULT,
                new Policy.Guards(0, Duration.ZERO, Duration.ZERO, 1, 1, 1, 1, 1),
                Map.of(),
                List.of());

        assertThatThrownBy(() -> PolicyDocument.write(hasty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("guards.suspects: 0");
    }

    private static Policy read(String document) {
        return switch (PolicyDocument.parse(document)) {
            case Parsed.Ok ok -> ok.policy();
            case Parsed.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    private static List<String> refused(String document) {
        return switch (PolicyDocument.parse(document)) {
            case Parsed.Ok ok -> throw new AssertionError("was taken: " + ok.policy());
            case Parsed.Refused refused ->
                refused.problems().stream().map(Problem::text).toList();
        };
    }
}
