package io.paramedic.schemas.wire;

import io.paramedic.schemas.wire.Shape.Product;
import io.paramedic.schemas.wire.Shape.Union;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns the messages of one topic, or one kind of document, into bytes and back. Thread-safe.
 *
 * @param <T> a record, or a sealed type whose cases are records
 */
public final class Codec<T> {
    /** The version of the contract that this release writes, and the newest that it reads. */
    public static final int VERSION = 1;

    /** Below Kafka's default limit of 1,048,588 bytes, with room for keys and headers. */
    public static final int MAX_BYTES = 1_000_000;

    private static final String VERSION_FIELD = "v";
    private static final int MAX_DEPTH = 32;
    private static final int QUOTED = 200;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_BYTES)
                    .maxNumberLength(40)
                    .build())
            .build();
    private static final ObjectReader TREE = JsonMapper.builder(JSON)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(JsonNode.class);

    private final Class<T> root;
    private final Shape shape;
    private final int maxBytes;

    private Codec(Class<T> root, Shape shape, int maxBytes) {
        this.root = root;
        this.shape = shape;
        this.maxBytes = maxBytes;
    }

    /** For what goes on a topic: with version and type, and no longer than {@link #MAX_BYTES}. */
    public static <T> Codec<T> ofMessage(Class<T> root) {
        Shape shape = Shapes.of(root);
        Union messages =
                shape instanceof Product one ? new Union(root, Map.of(Shapes.nameOf(one.type()), one)) : (Union) shape;
        messages.cases().values().forEach(Codec::requireNoVersionOfItsOwn);
        return new Codec<>(root, messages, MAX_BYTES);
    }

    private static void requireNoVersionOfItsOwn(Product message) {
        if (message.fields().stream().anyMatch(field -> field.name().equals(VERSION_FIELD))) {
            throw new IllegalArgumentException(
                    message.type() + " has a component " + VERSION_FIELD + ", which is the version on the wire");
        }
    }

    /** For what is printed or nested and is no message by itself: just the record, of any length. */
    public static <T extends Record> Codec<T> ofDocument(Class<T> root) {
        return new Codec<>(root, Shapes.of(root), Integer.MAX_VALUE);
    }

    /** The type at the root. */
    public Class<T> root() {
        return root;
    }

    /** The shape at the root; a message is always a {@link Union}. */
    public Shape shape() {
        return shape;
    }

    /**
     * The one form of this value in UTF-8.
     *
     * @throws IllegalArgumentException where the wire has no form for it, or it is too long: both are mistakes of the writer
     */
    public byte[] encode(T value) {
        ByteArrayOutputStream written = new ByteArrayOutputStream(512);
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), written)) {
            Writer writer = new Writer(out);
            if (shape instanceof Union messages) {
                out.writeStartObject();
                out.writeNumberProperty(VERSION_FIELD, VERSION);
                writer.writeCase(messages, (Record) value);
                out.writeEndObject();
            } else {
                writer.write(shape, value);
            }
        }
        byte[] bytes = Invisible.escaped(written.toByteArray());
        if (bytes.length > maxBytes) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "a %s of %,d bytes is longer than %,d",
                    value.getClass().getSimpleName(),
                    bytes.length,
                    maxBytes));
        }
        return bytes;
    }

    /** Reads what this or an earlier release wrote; never throws, whatever the bytes are. */
    public Decoded<T> decode(byte[] bytes) {
        if (bytes.length > maxBytes) {
            return refused(String.format(Locale.ROOT, "%,d bytes are longer than %,d", bytes.length, maxBytes), bytes);
        }
        try {
            JsonNode node = parse(bytes);
            if (shape instanceof Union) {
                requireKnownVersion(Reader.object(node));
            }
            return new Decoded.Ok<>(root.cast(Reader.read(shape, node)));
        } catch (Reader.Refused e) {
            return refused(String.valueOf(e.getMessage()), bytes);
        }
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            // Jackson would guess UTF-16 and UTF-32 and mend some broken UTF-8; a message is UTF-8 or it is none.
            return TREE.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new Reader.Refused("this is no UTF-8");
        } catch (JacksonException e) {
            throw new Reader.Refused("this is no JSON: " + e.getOriginalMessage());
        } catch (NumberFormatException e) {
            // For an exponent beyond an int Jackson throws this one, which is none of its own.
            throw new Reader.Refused("this is no JSON: a number is out of every range");
        }
    }

    private static void requireKnownVersion(JsonNode message) {
        int version = (Integer) Reader.field(message, VERSION_FIELD, new Shape.Whole(false));
        if (version > VERSION) {
            throw new Reader.Refused("was written by a newer release: " + version + ", this one reads up to " + VERSION)
                    .in(VERSION_FIELD);
        }
        if (version < 1) {
            throw new Reader.Refused("versions begin with 1, not " + version).in(VERSION_FIELD);
        }
    }

    private static <T> Decoded<T> refused(String reason, byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, QUOTED), StandardCharsets.UTF_8);
        StringBuilder printable = new StringBuilder();
        start.codePoints()
                .map(point -> Character.isISOControl(point) ? '\u00b7' : point)
                .forEach(printable::appendCodePoint);
        return new Decoded.Undecodable<>(reason, printable.toString());
    }
}
