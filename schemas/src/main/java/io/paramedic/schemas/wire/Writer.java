package io.paramedic.schemas.wire;

import io.paramedic.schemas.wire.Shape.Field;
import io.paramedic.schemas.wire.Shape.Product;
import io.paramedic.schemas.wire.Shape.Union;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a value in its shape. The same value always gives the same bytes. A value that the wire has no form for, an
 * infinite number for instance, is our own mistake and throws.
 */
final class Writer {
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant AFTER_LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final JsonGenerator out;

    Writer(JsonGenerator out) {
        this.out = out;
    }

    void write(Shape shape, Object value) {
        switch (shape) {
            case Shape.Text _ -> out.writeString(wellFormed((String) value));
            case Shape.Flag _ -> out.writeBoolean((Boolean) value);
            case Shape.Whole _ -> out.writeNumber(((Number) value).longValue());
            case Shape.Decimal _ -> out.writeNumber(finite((Double) value));
            case Shape.Millis _ -> out.writeNumber(millis((Duration) value));
            case Shape.Moment _ -> out.writeString(moment((Instant) value));
            case Shape.Uuid _ -> out.writeString(((UUID) value).toString());
            case Shape.Choice choice -> out.writeString(nameIn(choice.constants(), value));
            case Shape.Listing list -> writeList(list.element(), (List<?>) value);
            case Shape.Labels _ -> writeLabels((Map<?, ?>) value);
            case Product product -> {
                out.writeStartObject();
                writeFields(product, (Record) value);
                out.writeEndObject();
            }
            case Union union -> {
                out.writeStartObject();
                writeCase(union, (Record) value);
                out.writeEndObject();
            }
        }
    }

    /** The type of a case and its fields, without the braces. */
    void writeCase(Union union, Record value) {
        Product found = union.cases().values().stream()
                .filter(product -> product.type() == value.getClass())
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(value.getClass() + " is no case of " + union.type()));
        out.writeStringProperty(Shapes.TYPE, Shapes.nameOf(found.type()));
        writeFields(found, value);
    }

    private void writeFields(Product product, Record value) {
        for (Field field : product.fields()) {
            Object content = get(field, value);
            if (content != null) {
                out.writeName(field.name());
                write(field.shape(), content);
            } else if (!field.optional()) {
                throw new IllegalArgumentException(product.type().getName() + "." + field.name() + " is null");
            }
        }
    }

    private static @Nullable Object get(Field field, Record value) {
        try {
            return field.component().getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + field.component(), e);
        }
    }

    private void writeList(Shape element, List<?> values) {
        out.writeStartArray();
        for (Object value : values) {
            write(element, value);
        }
        out.writeEndArray();
    }

    private void writeLabels(Map<?, ?> labels) {
        out.writeStartObject();
        labels.entrySet().stream()
                .sorted(Comparator.comparing(entry -> (String) entry.getKey()))
                .forEach(entry -> out.writeStringProperty(
                        wellFormed((String) entry.getKey()), wellFormed((String) entry.getValue())));
        out.writeEndObject();
    }

    private static String nameIn(Map<String, Enum<?>> constants, Object value) {
        Optional<String> name = constants.entrySet().stream()
                .filter(entry -> entry.getValue() == value)
                .map(Map.Entry::getKey)
                .findAny();
        return name.orElseThrow(() -> new IllegalArgumentException(value + " is none of " + constants.keySet()));
    }

    /** Text that was cut between two halves of one character has no form in UTF-8; the half is shown as a replacement. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints()
                        .map(point ->
                                point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }

    private static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("JSON has no number " + number);
        }
        return number;
    }

    private static BigDecimal millis(Duration duration) {
        BigDecimal exact = BigDecimal.valueOf(duration.getSeconds())
                .scaleByPowerOfTen(3)
                .add(BigDecimal.valueOf(duration.getNano(), Reader.MILLIS_DECIMALS));
        if (exact.abs().compareTo(Reader.MOST_MILLIS) > 0) {
            throw new IllegalArgumentException("a duration beyond reason: " + duration);
        }
        return exact.signum() == 0
                ? BigDecimal.ZERO
                : new BigDecimal(exact.stripTrailingZeros().toPlainString());
    }

    private static String moment(Instant instant) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(AFTER_LATEST)) {
            throw new IllegalArgumentException("a time beyond reason: " + instant);
        }
        return instant.toString();
    }
}
