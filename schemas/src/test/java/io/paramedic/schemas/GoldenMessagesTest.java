package io.paramedic.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.wire.Codec;
import io.paramedic.schemas.wire.Decoded;
import io.paramedic.schemas.wire.Shape;
import io.paramedic.schemas.wire.Shapes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What goes over the wire, byte for byte. A folder for each version of the contract; files of older versions are never
 * changed and stay readable for ever. {@code -Dgolden.rewrite=true} writes those of the present version anew.
 */
class GoldenMessagesTest {
    private static final Path ALL_VERSIONS = Path.of("src/test/resources/golden");
    private static final Path NOW = ALL_VERSIONS.resolve("v" + Codec.VERSION);
    private static final Map<String, Object> SAMPLES = Samples.all();

    @BeforeAll
    static void rewriteOnDemand() throws IOException {
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(NOW);
            for (Path old : filesIn(NOW)) {
                Files.delete(old);
            }
            for (Map.Entry<String, Object> sample : SAMPLES.entrySet()) {
                Files.write(
                        NOW.resolve(sample.getKey() + ".json"),
                        withLineEnd(encode(sample.getKey(), sample.getValue())));
            }
        }
    }

    @Test
    void everyFileBelongsToASampleAndEverySampleHasAFile() {
        assertThat(filesIn(NOW))
                .extracting(GoldenMessagesTest::name)
                .containsExactlyInAnyOrderElementsOf(SAMPLES.keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void aSampleIsWrittenExactlyAsItsFile(String name, Object sample) throws IOException {
        byte[] written = withLineEnd(encode(name, sample));
        assertThat(new String(written, StandardCharsets.UTF_8))
                .isEqualTo(Files.readString(NOW.resolve(name + ".json")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void aFileIsReadAsItsSample(String name, Object sample) throws IOException {
        byte[] bytes = Files.readAllBytes(NOW.resolve(name + ".json"));
        assertThat(codecOf(name).decode(bytes)).isEqualTo(new Decoded.Ok<>(sample));
    }

    @Test
    void filesOfEveryVersionStayReadable() throws IOException {
        List<Path> versions;
        try (Stream<Path> folders = Files.list(ALL_VERSIONS)) {
            versions = folders.toList();
        }
        assertThat(versions).hasSize(Codec.VERSION);
        for (Path version : versions) {
            for (Path file : filesIn(version)) {
                assertThat(codecOf(name(file)).decode(Files.readAllBytes(file)))
                        .as("%s", file)
                        .isInstanceOf(Decoded.Ok.class);
            }
        }
    }

    @Test
    void everyTypeAndEveryFieldIsInSomeSample() {
        Set<String> expected = new TreeSet<>();
        codecs().forEach(codec -> collect(codec.shape(), expected));
        Set<String> seen = new TreeSet<>();
        SAMPLES.forEach((name, sample) -> collectUsed(codecOf(name).shape(), sample, seen));
        expected.removeAll(seen);
        assertThat(expected).as("in no sample").isEmpty();
    }

    static Stream<Arguments> samples() {
        return SAMPLES.entrySet().stream().map(sample -> Arguments.of(sample.getKey(), sample.getValue()));
    }

    /** The codec of a golden file by the part of its name before the first dot. */
    static Codec<?> codecOf(String name) {
        String type = name.substring(0, name.contains(".") ? name.indexOf('.') : name.length());
        if (type.equals(Shapes.nameOf(Contract.DOCTOR_REPORT.root()))) {
            return Contract.DOCTOR_REPORT;
        }
        return Contract.BY_TOPIC.values().stream()
                .filter(codec -> ((Shape.Union) codec.shape()).cases().containsKey(type))
                .findAny()
                .orElseThrow(() -> new AssertionError("no topic has a message " + type));
    }

    static Collection<Codec<?>> codecs() {
        return Stream.concat(Contract.BY_TOPIC.values().stream(), Stream.of(Contract.DOCTOR_REPORT))
                .collect(Collectors.toList());
    }

    static byte[] encode(String name, Object sample) {
        return encode(codecOf(name), sample);
    }

    static <T> byte[] encode(Codec<T> codec, Object message) {
        return codec.encode(codec.root().cast(message));
    }

    private static void collect(Shape shape, Set<String> into) {
        switch (shape) {
            case Shape.Product product ->
                product.fields().forEach(field -> {
                    into.add(product.type().getName() + "." + field.name());
                    if (field.optional()) {
                        into.add(product.type().getName() + "." + field.name() + " absent");
                    }
                    collect(field.shape(), into);
                });
            case Shape.Union union ->
                union.cases().values().forEach(product -> {
                    into.add(product.type().getName());
                    collect(product, into);
                });
            case Shape.Listing list -> collect(list.element(), into);
            case Shape.Text _,
                    Shape.Flag _,
                    Shape.Whole _,
                    Shape.Decimal _,
                    Shape.Millis _,
                    Shape.Moment _,
                    Shape.Uuid _,
                    Shape.Choice _,
                    Shape.Labels _ -> {}
        }
    }

    private static void collectUsed(Shape shape, Object value, Set<String> into) {
        switch (shape) {
            case Shape.Product product -> {
                into.add(product.type().getName());
                for (Shape.Field field : product.fields()) {
                    Object content = get(field, value);
                    into.add(product.type().getName() + "." + field.name() + (content == null ? " absent" : ""));
                    if (content != null) {
                        collectUsed(field.shape(), content, into);
                    }
                }
            }
            case Shape.Union _ -> collectUsed(Shapes.of(value.getClass()), value, into);
            case Shape.Listing list -> ((List<?>) value).forEach(element -> collectUsed(list.element(), element, into));
            case Shape.Text _,
                    Shape.Flag _,
                    Shape.Whole _,
                    Shape.Decimal _,
                    Shape.Millis _,
                    Shape.Moment _,
                    Shape.Uuid _,
                    Shape.Choice _,
                    Shape.Labels _ -> {}
        }
    }

    private static Object get(Shape.Field field, Object value) {
        try {
            return field.component().getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Path> filesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceAll("\\.json$", "");
    }

    /** Files end with a line end; messages do not. */
    private static byte[] withLineEnd(byte[] message) {
        return (new String(message, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
