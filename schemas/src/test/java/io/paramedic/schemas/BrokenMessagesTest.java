package io.paramedic.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.wire.Codec;
import io.paramedic.schemas.wire.Decoded;
import io.paramedic.schemas.wire.Shape;
import io.paramedic.schemas.wire.Shapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bytes that were damaged are refused as a value. Damage that leaves another message that is whole, a changed letter in a name for
 * instance, cannot be told; but nothing is ever read out of a message that its JSON Schema calls broken.
 */
class BrokenMessagesTest {
    private static final Map<String, Object> SAMPLES = Samples.all();
    private static final List<String> NAMES = List.copyOf(SAMPLES.keySet());
    private static final List<JsonNode> STRANGERS = List.of(
            JsonNodeFactory.instance.nullNode(),
            JsonNodeFactory.instance.objectNode(),
            JsonNodeFactory.instance.arrayNode().add(JsonNodeFactory.instance.nullNode()),
            JsonNodeFactory.instance.numberNode(1.5e300),
            JsonNodeFactory.instance.stringNode("\u0000"),
            JsonNodeFactory.instance.booleanNode(true));

    @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
    void whateverHappensToTheBytesNothingBrokenIsRead(@ForAll long seed) {
        Random random = new Random(seed);
        String name = NAMES.get(random.nextInt(NAMES.size()));
        byte[] bytes = GoldenMessagesTest.encode(name, sample(name));
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            bytes = damaged(bytes, random);
        }
        if (GoldenMessagesTest.codecOf(name).decode(bytes) instanceof Decoded.Ok<?>(Object read)) {
            assertThat(JsonSchemasTest.isValid(Shapes.nameOf(read.getClass()), bytes))
                    .as(new String(bytes, StandardCharsets.UTF_8))
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.paramedic.schemas.GoldenMessagesTest#samples")
    void everyTruncationIsRefused(String name, Object sample) {
        byte[] bytes = GoldenMessagesTest.encode(name, sample);
        for (int length = 0; length < bytes.length; length++) {
            assertRefused(GoldenMessagesTest.codecOf(name), Arrays.copyOf(bytes, length));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.paramedic.schemas.GoldenMessagesTest#samples")
    void everyFieldIsNeededUnlessItIsOptionalAndIsNeverNull(String name, Object sample) {
        Codec<?> codec = GoldenMessagesTest.codecOf(name);
        JsonNode whole = JsonSchemas.parse(new String(GoldenMessagesTest.encode(name, sample), StandardCharsets.UTF_8));
        for (Place place : places(codec.shape(), whole, codec.shape() instanceof Shape.Union)) {
            JsonNode kept = place.parent.get(place.field);
            place.parent.remove(place.field);
            if (place.optional) {
                assertThat(codec.decode(bytes(whole)))
                        .as("without %s", place.field)
                        .isInstanceOf(Decoded.Ok.class);
            } else {
                assertRefused(codec, bytes(whole));
            }
            place.parent.putNull(place.field);
            assertRefused(codec, bytes(whole));
            place.parent.set(place.field, kept);
        }
        assertThat(codec.decode(bytes(whole))).isEqualTo(new Decoded.Ok<>(sample));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.paramedic.schemas.GoldenMessagesTest#samples")
    void fieldsThatThisReleaseDoesNotKnowAreIgnoredEverywhere(String name, Object sample) {
        Codec<?> codec = GoldenMessagesTest.codecOf(name);
        JsonNode whole = JsonSchemas.parse(new String(GoldenMessagesTest.encode(name, sample), StandardCharsets.UTF_8));
        for (Place place : places(codec.shape(), whole, codec.shape() instanceof Shape.Union)) {
            place.parent.put("from_a_newer_release", 1);
        }
        assertThat(codec.decode(bytes(whole))).isEqualTo(new Decoded.Ok<>(sample));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.paramedic.schemas.GoldenMessagesTest#samples")
    void aValueOfAnotherKindIsReadOnlyWhereTheSchemaAllowsIt(String name, Object sample) {
        Codec<?> codec = GoldenMessagesTest.codecOf(name);
        JsonNode whole = JsonSchemas.parse(new String(GoldenMessagesTest.encode(name, sample), StandardCharsets.UTF_8));
        for (Place place : places(codec.shape(), whole, codec.shape() instanceof Shape.Union)) {
            JsonNode kept = place.parent.get(place.field);
            for (JsonNode stranger : STRANGERS) {
                place.parent.set(place.field, stranger);
                if (codec.decode(bytes(whole)) instanceof Decoded.Ok<?>(Object read)) {
                    assertThat(JsonSchemasTest.isValid(Shapes.nameOf(read.getClass()), bytes(whole)))
                            .isTrue();
                }
            }
            place.parent.set(place.field, kept);
        }
    }

    /** One field of one object within a message. */
    private record Place(ObjectNode parent, String field, boolean optional) {}

    private static List<Place> places(Shape shape, JsonNode node, boolean message) {
        List<Place> places = new ArrayList<>();
        if (message) {
            places.add(new Place((ObjectNode) node, "v", false));
        }
        collect(shape, node, places);
        return places;
    }

    private static void collect(Shape shape, JsonNode node, List<Place> into) {
        if (shape instanceof Shape.Union union) {
            into.add(new Place((ObjectNode) node, Shapes.TYPE, false));
            Shape.Product found = union.cases().get(node.get(Shapes.TYPE).stringValue());
            collect(Objects.requireNonNull(found), node, into);
        } else if (shape instanceof Shape.Product product) {
            for (Shape.Field field : product.fields()) {
                if (node.has(field.name())) {
                    into.add(new Place((ObjectNode) node, field.name(), field.optional()));
                    collect(field.shape(), node.get(field.name()), into);
                }
            }
        } else if (shape instanceof Shape.Listing list) {
            for (JsonNode element : (ArrayNode) node) {
                collect(list.element(), element, into);
            }
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        int at = random.nextInt(Math.max(1, bytes.length));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String result = switch (random.nextInt(5)) {
            case 0 ->
                text.substring(0, at) + (char) random.nextInt(256) + text.substring(Math.min(at + 1, text.length()));
            case 1 -> text.substring(0, at) + "\"{}[],:0-e.ntf\\ ".charAt(random.nextInt(16)) + text.substring(at);
            case 2 -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 1 + random.nextInt(8)));
            case 3 -> text.substring(0, at);
            default -> {
                int from = random.nextInt(Math.max(1, text.length()));
                int to = from + random.nextInt(Math.min(40, text.length() - from + 1));
                yield text.substring(0, at) + text.substring(from, Math.min(to, text.length())) + text.substring(at);
            }
        };
        return result.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Object sample(String name) {
        return Objects.requireNonNull(SAMPLES.get(name));
    }

    private static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void assertRefused(Codec<?> codec, byte[] bytes) {
        assertThat(codec.decode(bytes))
                .as(new String(bytes, StandardCharsets.UTF_8))
                .isInstanceOf(Decoded.Undecodable.class);
    }
}
