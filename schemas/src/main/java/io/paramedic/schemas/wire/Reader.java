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

    private static final Pattern MOMENT_FORM =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z");

    private Reader() {}

    /** Caught in {@link Codec} alone, which turns it into a value. It learns its place on the way out, when there is one. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String path;
        private final String reason;

        Refused(String reason) {
            this("", reason);
        }

        private Refused(String path, String reason) {
            super(path.isEmpty() ? reason : path + ": " + reason, null, false, false);
            this.path = path;
            this.reason = reason;
        }

        Refused in(String place) {
            return new Refused(path.isEmpty() || path.startsWith("[") ? place + path : place + "." + path, reason);
        }
    }

    static Object read(Shape shape, JsonNode node) {
        return switch (shape) {
            case Shape.Text _ -> text(node);
            case Shape.Flag _ -> flag(node);
            case Shape.Whole whole -> whole(whole.wide(), node);
            case Shape.Decimal _ -> decimal(node);
            case Shape.Millis _ -> duration(node);
            case Shape.Moment _ -> moment(text(node));
            case Shape.Uuid _ -> uuid(text(node));
            case Shape.Choice choice -> constant(choice.constants(), text(node));
            case Shape.Listing list -> list(list.element(), node);
            case Shape.Labels _ -> labels(node);
            case Product product -> product(product, object(node));
            case Union union -> product(caseOf(union, object(node)), node);
        };
    }

    private static Product caseOf(Union union, JsonNode node) {
        String name = (String) field(node, Shapes.TYPE, new Shape.Text());
        Product found = union.cases().get(name);
        if (found == null) {
            throw new Refused("this release knows no type \"" + name + "\" here").in(Shapes.TYPE);
        }
        return found;
    }

    private static Object product(Product product, JsonNode node) {
        @Nullable Object[] arguments = new Object[product.fields().size()];
        for (int i = 0; i < arguments.length; i++) {
            Field field = product.fields().get(i);
            if (node.has(field.name()) || !field.optional()) {
                arguments[i] = field(node, field.name(), field.shape());
            }
        }
        return construct(product, arguments);
    }

    /** One required field of an object. */
    static Object field(JsonNode object, String name, Shape shape) {
        try {
            JsonNode content = object.get(name);
            if (content == null || content.isNull()) {
                throw new Refused(content == null ? "is missing" : "is null");
            }
            return read(shape, content);
        } catch (Refused e) {
            throw e.in(name);
        }
    }

    private static Object construct(Product product, @Nullable Object[] arguments) {
        try {
            return product.constructor().newInstance(arguments);
        } catch (InvocationTargetException e) {
            // A record's own rules speak here; they throw for the programmer and are an answer for a reader.
            throw new Refused(
                    e.getCause() instanceof IllegalArgumentException rule ? words(rule) : "refused: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot build " + product.type(), e);
        }
    }

    private static String words(IllegalArgumentException rule) {
        return rule.getMessage() == null ? rule.toString() : rule.getMessage();
    }

    private static List<Object> list(Shape element, JsonNode node) {
        if (!node.isArray()) {
            throw new Refused("a list is expected, not " + kind(node));
        }
        List<Object> values = new ArrayList<>(node.size());
        for (JsonNode value : node) {
            try {
                values.add(read(element, value));
            } catch (Refused e) {
                throw e.in("[" + values.size() + "]");
            }
        }
        return values;
    }

    private static Map<String, String> labels(JsonNode node) {
        Map<String, String> labels = new TreeMap<>();
        for (String name : object(node).propertyNames()) {
            labels.put(name, (String) field(node, name, new Shape.Text()));
        }
        return labels;
    }

    private static Object constant(Map<String, Enum<?>> constants, String name) {
        Enum<?> constant = constants.get(name);
        if (constant == null) {
            throw new Refused("this release knows no \"" + name + "\" here");
        }
        return constant;
    }

    static JsonNode object(JsonNode node) {
        if (!node.isObject()) {
            throw new Refused("an object is expected, not " + kind(node));
        }
        return node;
    }

    private static String text(JsonNode node) {
        if (!node.isString()) {
            throw new Refused("text is expected, not " + kind(node));
        }
        return node.stringValue();
    }

    private static boolean flag(JsonNode node) {
        if (!node.isBoolean()) {
            throw new Refused("true or false is expected, not " + kind(node));
        }
        return node.booleanValue();
    }

    static Object whole(boolean wide, JsonNode node) {
        if (!node.isIntegralNumber()) {
            throw new Refused("a whole number is expected, not " + kind(node));
        }
        if (wide ? !node.canConvertToLong() : !node.canConvertToInt()) {
            throw new Refused("the number is out of range");
        }
        return wide ? (Object) node.longValue() : (Object) node.intValue();
    }

    private static double decimal(JsonNode node) {
        double value = number(node).doubleValue();
        if (!Double.isFinite(value)) {
            throw new Refused("the number is out of range");
        }
        return value;
    }

    private static Duration duration(JsonNode node) {
        BigDecimal millis = number(node);
        // Compared before any arithmetic: 1e999999999 is a short text and a very long number.
        if (millis.abs().compareTo(MOST_MILLIS) > 0) {
            throw new Refused("the duration is out of range");
        }
        if (millis.signum() != 0 && millis.stripTrailingZeros().scale() > MILLIS_DECIMALS) {
            throw new Refused("a duration has at most " + MILLIS_DECIMALS + " decimals of a millisecond");
        }
        BigDecimal nanos = millis.signum() == 0 ? BigDecimal.ZERO : millis.scaleByPowerOfTen(MILLIS_DECIMALS);
        BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
        return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
    }

    private static BigDecimal number(JsonNode node) {
        if (!node.isNumber()) {
            throw new Refused("a number is expected, not " + kind(node));
        }
        return node.decimalValue();
    }

    private static Instant moment(String text) {
        if (MOMENT_FORM.matcher(text).matches()) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw new Refused("there is no such time: " + e.getMessage());
            }
        }
        throw new Refused("a time like 2026-11-20T14:05:00Z is expected");
    }

    private static UUID uuid(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            // The JDK reads 1-1-1-1-1 too; only what it would write is a uuid here.
            if (uuid.toString().equals(text)) {
                return uuid;
            }
        } catch (IllegalArgumentException e) {
            // The same answer as for the other strange forms.
        }
        throw new Refused("a lower-case uuid is expected");
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
