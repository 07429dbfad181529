package io.paramedic.collector.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every parser makes of every capture, beside it in {@code NAME.expected.txt}. {@code -Dgolden.rewrite=true}
 * writes those files anew; the change is then read in review against the capture.
 */
class GoldenCorpusTest {
    private static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");
    private static final Set<String> BESIDE = Set.of("manifest.txt", "SOURCES.md", ".gitattributes");
    private static final List<String> ENDINGS = List.of(".out", ".err", ".cmd", ".rc", ".expected.txt");
    private static final List<String> VM_FIELDS = List.of("uuid", "name-label", "power-state");

    private static final Map<String, Function<String, Object>> PARSERS = Map.ofEntries(
            Map.entry("XlList", XlList::parse),
            Map.entry("XlListLong", XlListLong::parse),
            Map.entry("XlVcpuList", XlVcpuList::parse),
            Map.entry("XlUptime", XlUptime::parse),
            Map.entry("XlInfo", XlInfo::parse),
            Map.entry("XlSchedCredit2", XlSchedCredit2::parse),
            Map.entry("XlDmesg", XlDmesg::parse),
            Map.entry("XlDomid", XlLookup::domid),
            Map.entry("XlDomname", XlLookup::name),
            Map.entry("XlError", XlError::parse),
            Map.entry("Xentop", Xentop::parse),
            Map.entry("XenstoreLs", XenstoreLs::parse),
            Map.entry("XenstoreNames", XenstoreLs::names),
            Map.entry("XenstoreRead1", out -> XenstoreLs.values(out, 1)),
            Map.entry("XenstoreRead2", out -> XenstoreLs.values(out, 2)),
            Map.entry("GrantQuery", GrantQuery::parse),
            Map.entry("Ps", Ps::parse),
            Map.entry("ListDomains", ListDomains::parse),
            Map.entry("ListDomainsMinimal", ListDomains::parseMinimal),
            Map.entry("XeRecords", out -> XeRecords.parse(out, VM_FIELDS)),
            Map.entry("XeMinimal", XeMinimal::parse),
            Map.entry("XeError", err -> List.of(String.valueOf(XeError.parse(err)))));

    static Stream<Corpus.Case> captures() {
        return Corpus.cases().stream().filter(Corpus.Case::isRead);
    }

    @ParameterizedTest
    @MethodSource("captures")
    void isReadAsReviewed(Corpus.Case capture) throws IOException {
        List<String> lines = new ArrayList<>();
        if (capture.outIsRead()) {
            lines.addAll(render(parser(capture.out()).apply(capture.stdout())));
        }
        if (capture.errIsRead()) {
            render(parser(capture.err()).apply(capture.stderr())).forEach(line -> lines.add("stderr " + line));
        }
        String text = String.join("\n", lines) + "\n";
        if (REWRITE) {
            Files.writeString(capture.expected(), text, StandardCharsets.UTF_8);
        }
        assertThat(capture.expected()).exists().content(StandardCharsets.UTF_8).isEqualTo(text);
    }

    @Test
    void everyFileBelongsToOneCapture() {
        Set<String> known = new HashSet<>(BESIDE);
        for (Corpus.Case capture : Corpus.cases()) {
            for (String ending : ENDINGS) {
                if (capture.isRead() || !ending.equals(".expected.txt")) {
                    assertThat(known.add(capture.name() + ending))
                            .as(capture.name())
                            .isTrue();
                }
            }
        }
        assertThat(known).containsAll(Corpus.files());
    }

    @Test
    void everyCaptureIsThere() {
        assertThat(Corpus.cases())
                .allSatisfy(capture -> assertThat(Corpus.files())
                        .as(capture.name())
                        .anyMatch(
                                file -> file.equals(capture.name() + ".out") || file.equals(capture.name() + ".err")));
    }

    @Test
    void whatIsNotReadSaysWhy() {
        assertThat(Corpus.cases()).allSatisfy(capture -> {
            boolean out = !capture.outIsRead() && (!capture.stdout().isEmpty() || !capture.errIsRead());
            boolean err = !capture.errIsRead() && !capture.stderr().isEmpty();
            assertThat(!(out || err) || !capture.why().isBlank())
                    .as(capture.name())
                    .isTrue();
        });
    }

    @Test
    void everyParserHasACapture() {
        List<String> used = Corpus.cases().stream()
                .flatMap(capture -> Stream.of(capture.out(), capture.err()))
                .toList();
        assertThat(used).containsAll(PARSERS.keySet());
    }

    private static Function<String, Object> parser(String name) {
        return Objects.requireNonNull(PARSERS.get(name), "no parser is called " + name);
    }

    private static List<String> render(Object result) {
        return switch (result) {
            case Table<?>(List<?> rows, List<Unparseable> unparseable) ->
                Stream.concat(
                                rows.stream().map(row -> "row " + row),
                                unparseable.stream().map(Object::toString))
                        .toList();
            case Reading.Read<?>(Object value) -> render(value);
            case Reading.Unreadable<?>(Unparseable why) -> List.of("unreadable " + why);
            case XenstoreTree tree ->
                tree.values().entrySet().stream()
                        .map(node -> node.getKey() + " = " + node.getValue())
                        .toList();
            case XlInfo info ->
                Stream.concat(info.values().entrySet().stream().map(Object::toString), Stream.of(facts(info)))
                        .toList();
            case List<?> items -> items.stream().map(item -> "item " + item).toList();
            default -> List.of("value " + result);
        };
    }

    private static String facts(XlInfo info) {
        return "facts " + info.xenVersion() + ", " + info.scheduler() + ", " + info.totalMemoryMib() + ", "
                + info.freeMemoryMib() + ", " + info.virtCaps() + ", " + info.release() + ", " + info.commandLine();
    }
}
