package io.paramedic.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.paramedic.schemas.wire.Codec;
import io.paramedic.schemas.wire.Decoded;
import io.paramedic.schemas.wire.Shape;
import io.paramedic.schemas.wire.Shapes;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The schemas say what the codec reads and writes. They are made from the records; {@code -Dgolden.rewrite=true} writes them
 * anew, and a change is seen in review.
 */
class JsonSchemasTest {
    static final Path FOLDER = Path.of("src/main/resources/json-schema/v" + Codec.VERSION);
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> PARSED = new ConcurrentHashMap<>();

    @BeforeAll
    static void rewriteOnDemand() throws IOException {
        if (Boolean.getBoolean("golden.rewrite")) {
            rewrite(JsonSchemas.all());
        }
    }

    @Test
    void theFilesAreThoseOfTheRecords() throws IOException {
        Map<String, String> made = JsonSchemas.all();
        for (Map.Entry<String, String> schema : made.entrySet()) {
            assertThat(Files.readString(file(schema.getKey()))).isEqualTo(schema.getValue());
        }
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            made.keySet().stream().map(name -> name + ".json").toList());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.paramedic.schemas.GoldenMessagesTest#samples")
    void everyGoldenMessageIsValid(String name, Object sample) {
        assertValid(Shapes.nameOf(sample.getClass()), GoldenMessagesTest.encode(name, sample));
    }

    @ParameterizedTest
    @MethodSource("messageTypes")
    void everySchemaHasExactlyTheComponentsOfItsRecord(Class<?> type) throws IOException {
        JsonNode schema = JsonSchemas.parse(Files.readString(file(Shapes.nameOf(type))));
        assertSameComponents(
                type, schema, schema, type == Contract.DOCTOR_REPORT.root() ? Set.of() : Set.of("v", "is"));
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void everyRecordIsValidAndComesBackUnchanged(@ForAll long seed) {
        List<Codec<?>> codecs = List.copyOf(GoldenMessagesTest.codecs());
        Codec<?> codec = codecs.get((int) Math.floorMod(seed, codecs.size()));
        Object made = new RandomRecords(seed).any(codec.shape(), "message");
        byte[] bytes = GoldenMessagesTest.encode(codec, made);
        assertThat(codec.decode(bytes)).isEqualTo(new Decoded.Ok<>(made));
        assertValid(Shapes.nameOf(made.getClass()), bytes);
    }

    static Stream<Class<?>> messageTypes() {
        return GoldenMessagesTest.codecs().stream()
                .flatMap(codec -> codec.shape() instanceof Shape.Union messages
                        ? messages.cases().values().stream().map(Shape.Product::type)
                        : Stream.of(codec.root()));
    }

    static boolean isValid(String message, byte[] bytes) {
        return schema(message)
                .validate(new String(bytes, StandardCharsets.UTF_8), InputFormat.JSON)
                .isEmpty();
    }

    private static void assertValid(String message, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        assertThat(schema(message).validate(text, InputFormat.JSON)).as(text).isEmpty();
    }

    private static Schema schema(String message) {
        return PARSED.computeIfAbsent(message, name -> {
            try {
                return REGISTRY.getSchema(Files.readString(file(name)));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Goes by the records themselves and not by the shapes from which the schemas were made. */
    private static void assertSameComponents(Class<?> type, JsonNode schema, JsonNode root, Set<String> beside) {
        Set<String> expected = new TreeSet<>(beside);
        for (RecordComponent component : type.getRecordComponents()) {
            expected.add(
                    component.getName().toLowerCase(Locale.ROOT) + (component.getType() == Duration.class ? "ms" : ""));
        }
        Set<String> described = new TreeSet<>();
        schema.get("properties").propertyNames().forEach(name -> described.add(name.replace("_", "")));
        assertThat(described).as("%s", type).isEqualTo(expected);
        for (RecordComponent component : type.getRecordComponents()) {
            String name = schema.get("properties").propertyNames().stream()
                    .filter(property -> property.replace("_", "")
                            .startsWith(component.getName().toLowerCase(Locale.ROOT)))
                    .min((a, b) -> Integer.compare(a.length(), b.length()))
                    .orElseThrow();
            descend(component.getGenericType(), schema.get("properties").get(name), root);
        }
    }

    private static void descend(Type type, JsonNode schema, JsonNode root) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            descend(list.getActualTypeArguments()[0], schema.get("items"), root);
        } else if (type instanceof Class<?> plain && plain.isRecord()) {
            assertSameComponents(plain, resolve(schema, root), root, Set.of());
        } else if (type instanceof Class<?> plain && plain.isSealed()) {
            for (JsonNode one : resolve(schema, root).get("oneOf")) {
                JsonNode definition = resolve(one, root);
                String name =
                        definition.get("properties").get("is").get("const").stringValue();
                assertSameComponents(caseOf(plain, name), definition, root, Set.of("is"));
            }
        }
    }

    private static Class<?> caseOf(Class<?> sealed, String name) {
        return casesOf(sealed)
                .filter(type -> type.getSimpleName().equalsIgnoreCase(name.replace("-", "")))
                .findAny()
                .orElseThrow(() -> new AssertionError("no case of " + sealed + " is called " + name));
    }

    private static Stream<Class<?>> casesOf(Class<?> sealed) {
        return Stream.of(sealed.getPermittedSubclasses())
                .flatMap(type -> type.isSealed() ? casesOf(type) : Stream.of(type));
    }

    private static JsonNode resolve(JsonNode schema, JsonNode root) {
        return root.at(schema.get("$ref").stringValue().substring(1));
    }

    private static void rewrite(Map<String, String> made) throws IOException {
        Files.createDirectories(FOLDER);
        try (Stream<Path> old = Files.list(FOLDER)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, String> schema : made.entrySet()) {
            Files.writeString(file(schema.getKey()), schema.getValue());
        }
    }

    private static Path file(String message) {
        return FOLDER.resolve(message + ".json");
    }
}
