package io.paramedic.schemas.wire;

import io.paramedic.schemas.wire.Shape.Field;
import io.paramedic.schemas.wire.Shape.Product;
import io.paramedic.schemas.wire.Shape.Union;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Builds a value of a shape from parsed JSON, or refuses with the path and the reason. */
final class Reader {
    static final int MILLIS_DECIMALS = 6;
    /** About 31,000 years; keeps the arithmetic on durations clear of every overflow. */
    static final BigDecimal MOST_MILLIS = new BigDecimal("1000000000000000");

    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern MOMENT_FORM =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z");

    private Reader() {}

    /** Caught in {@link Codec} alone, which turns it into a value. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String path, String reason) {
            super(path.isEmpty() ? reason : path + ": " + reason, null, false, false);
        }
    }

    static Object read(Shape shape, JsonNode node, String path) {
        return switch (shape) {
            case Shape.Text _ -> text(node, path);
            case Shape.Flag _ -> flag(node, path);
            case Shape.Whole whole -> whole(whole.wide(), node, path);
            case Shape.Decimal _ -> decimal(node, path);
            case Shape.Millis _ -> duration(node, path);
            case Shape.Moment _ -> moment(text(node, path), path);
            case Shape.Uuid _ -> uuid(text(node, path), path);
            case Shape.Choice choice -> constant(choice.constants(), text(node, path), path);
            case Shape.Listing list -> list(list.element(), node, path);
            case Shape.Labels _ -> labels(node, path);
            case Product product -> product(product, object(node, path), path);
            case Union union -> union(union, object(node, path), path);
        };
    }

    static Object union(Union union, JsonNode node, String path) {
        String name = text(required(node, Shapes.TYPE, path), at(path, Shapes.TYPE));
        Product found = union.cases().get(name);
        if (found == null) {
            throw new Refused(at(path, Shapes.TYPE), "this release knows no type \"" + name + "\" here");
        }
        return product(found, node, path);
    }

    private static Object product(Product product, JsonNode node, String path) {
        @Nullable Object[] arguments = new Object[product.fields().size()];
        for (int i = 0; i < arguments.length; i++) {
            Field field = product.fields().get(i);
            if (node.has(field.name()) || !field.optional()) {
                arguments[i] = read(field.shape(), required(node, field.name(), path), at(path, field.name()));
            }
        }
        return construct(product, arguments, path);
    }

    private static Object construct(Product product, @Nullable Object[] arguments, String path) {
        try {
            return product.constructor().newInstance(arguments);
        } catch (InvocationTargetException e) {
            // A record's own rules speak here; they throw for the programmer and are an answer for a reader.
            throw new Refused(
                    path,
                    e.getCause() instanceof IllegalArgumentException rule ? words(rule) : "refused: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot build " + product.type(), e);
        }
    }

    private static String words(IllegalArgumentException rule) {
        return rule.getMessage() == null ? rule.toString() : rule.getMessage();
    }

    private static List<Object> list(Shape element, JsonNode node, String path) {
        if (!node.isArray()) {
            throw new Refused(path, "a list is expected, not " + kind(node));
        }
        List<Object> values = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            values.add(read(element, node.get(i), path + "[" + i + "]"));
        }
        return values;
    }

    private static Map<String, String> labels(JsonNode node, String path) {
        Map<String, String> labels = new TreeMap<>();
        object(node, path)
                .properties()
                .forEach(entry -> labels.put(entry.getKey(), text(entry.getValue(), at(path, entry.getKey()))));
        return labels;
    }

    private static Object constant(Map<String, Enum<?>> constants, String name, String path) {
        Enum<?> constant = constants.get(name);
        if (constant == null) {
            throw new Refused(path, "this release knows no \"" + name + "\" here");
        }
        return constant;
    }

    private static JsonNode required(JsonNode node, String name, String path) {
        JsonNode content = node.get(name);
        if (content == null || content.isNull()) {
            throw new Refused(at(path, name), content == null ? "is missing" : "is null");
        }
        return content;
    }

    static JsonNode object(JsonNode node, String path) {
        if (!node.isObject()) {
            throw new Refused(path, "an object is expected, not " + kind(node));
        }
        return node;
    }

    private static String text(JsonNode node, String path) {
        if (!node.isString()) {
            throw new Refused(path, "text is expected, not " + kind(node));
        }
        return node.stringValue();
    }

    private static boolean flag(JsonNode node, String path) {
        if (!node.isBoolean()) {
            throw new Refused(path, "true or false is expected, not " + kind(node));
        }
        return node.booleanValue();
    }

    static Object whole(boolean wide, JsonNode node, String path) {
        if (!node.isIntegralNumber()) {
            throw new Refused(path, "a whole number is expected, not " + kind(node));
        }
        if (wide ? !node.canConvertToLong() : !node.canConvertToInt()) {
            throw new Refused(path, "the number is out of range");
        }
        return wide ? (Object) node.longValue() : (Object) node.intValue();
    }

    private static double decimal(JsonNode node, String path) {
        double value = number(node, path).doubleValue();
        if (!Double.isFinite(value)) {
            throw new Refused(path, "the number is out of range");
        }
        return value;
    }

    private static Duration duration(JsonNode node, String path) {
        BigDecimal millis = number(node, path);
        // Compared before any arithmetic: 1e999999999 is a short text and a very long number.
        if (millis.abs().compareTo(MOST_MILLIS) > 0) {
            throw new Refused(path, "the duration is out of range");
        }
        if (millis.signum() != 0 && millis.stripTrailingZeros().scale() > MILLIS_DECIMALS) {
            throw new Refused(path, "a duration has at most " + MILLIS_DECIMALS + " decimals of a millisecond");
        }
        BigDecimal nanos = millis.signum() == 0 ? BigDecimal.ZERO : millis.scaleByPowerOfTen(MILLIS_DECIMALS);
        BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
        return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
    }

    private static BigDecimal number(JsonNode node, String path) {
        if (!node.isNumber()) {
            throw new Refused(path, "a number is expected, not " + kind(node));
        }
        return node.decimalValue();
    }

    private static Instant moment(String text, String path) {
        if (MOMENT_FORM.matcher(text).matches()) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw new Refused(path, "there is no such time: " + e.getMessage());
            }
        }
        throw new Refused(path, "a time like 2026-11-20T14:05:00Z is expected");
    }

    private static UUID uuid(String text, String path) {
        if (!UUID_FORM.matcher(text).matches()) {
            throw new Refused(path, "a lower-case uuid is expected");
        }
        return UUID.fromString(text);
    }

    private static String at(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "text";
            case NUMBER -> node.isIntegralNumber() ? "a whole number" : "a number with decimals";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case MISSING, BINARY, POJO -> "nothing";
        };
    }
}
