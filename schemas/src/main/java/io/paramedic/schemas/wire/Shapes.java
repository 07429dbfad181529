package io.paramedic.schemas.wire;

import io.paramedic.schemas.wire.Shape.Choice;
import io.paramedic.schemas.wire.Shape.Field;
import io.paramedic.schemas.wire.Shape.Product;
import io.paramedic.schemas.wire.Shape.Union;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Derives the shape of a type. What the rules do not cover is our own mistake and throws when the class of the codec is
 * loaded, never when a message is read.
 */
public final class Shapes {
    /** The field that names the case of a sealed type. */
    public static final String TYPE = "is";

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return derive(type);
        }
    };

    private Shapes() {}

    /** The shape of a record, an enum, a sealed type or a simple value. */
    public static Shape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static Shape derive(Class<?> type) {
        Shape simple = simple(type);
        if (simple != null) {
            return simple;
        }
        if (type.isEnum()) {
            return choice(type);
        }
        if (type.isRecord()) {
            return product(type.asSubclass(Record.class));
        }
        if (type.isSealed()) {
            Map<String, Product> cases = new LinkedHashMap<>();
            collectCases(type, cases);
            return new Union(type, Collections.unmodifiableMap(cases));
        }
        throw new IllegalArgumentException("the wire has no shape for " + type);
    }

    private static @Nullable Shape simple(Class<?> type) {
        if (type == String.class) {
            return new Shape.Text();
        } else if (type == boolean.class || type == Boolean.class) {
            return new Shape.Flag();
        } else if (type == int.class || type == Integer.class) {
            return new Shape.Whole(false);
        } else if (type == long.class || type == Long.class) {
            return new Shape.Whole(true);
        } else if (type == double.class || type == Double.class) {
            return new Shape.Decimal();
        } else if (type == Duration.class) {
            return new Shape.Millis();
        } else if (type == Instant.class) {
            return new Shape.Moment();
        } else if (type == UUID.class) {
            return new Shape.Uuid();
        }
        return null;
    }

    private static Choice choice(Class<?> type) {
        Map<String, Enum<?>> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            Enum<?> one = (Enum<?>) constant;
            constants.put(one.name().toLowerCase(Locale.ROOT).replace('_', '-'), one);
        }
        return new Choice(Collections.unmodifiableMap(constants));
    }

    private static Product product(Class<? extends Record> type) {
        List<Field> fields = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Shape shape = ofGeneric(component.getGenericType());
            String name = words(component.getName(), '_') + (shape instanceof Shape.Millis ? "_ms" : "");
            if (name.equals(TYPE)) {
                throw new IllegalArgumentException(
                        type + " has a component " + TYPE + ", which names the type on the wire");
            }
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            component.getAccessor().setAccessible(true);
            fields.add(new Field(name, component, shape, optional));
        }
        return new Product(type, List.copyOf(fields), canonical(type));
    }

    private static Constructor<? extends Record> canonical(Class<? extends Record> type) {
        Class<?>[] components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(components);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has its canonical constructor: " + type, e);
        }
    }

    private static Shape ofGeneric(Type type) {
        if (type instanceof Class<?> plain) {
            return of(plain);
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return new Shape.Listing(ofGeneric(arguments[0]));
            }
            if (generic.getRawType() == Map.class && arguments[0] == String.class && arguments[1] == String.class) {
                return new Shape.Labels();
            }
        }
        throw new IllegalArgumentException("the wire has no shape for " + type);
    }

    private static void collectCases(Class<?> sealed, Map<String, Product> into) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                collectCases(permitted, into);
            } else if (into.put(nameOf(permitted), (Product) of(permitted)) != null) {
                throw new IllegalArgumentException("two cases of " + sealed + " are called " + nameOf(permitted));
            }
        }
    }

    /** The name of a type on the wire: {@code HostBeat} is {@code host-beat}. */
    public static String nameOf(Class<?> type) {
        return words(type.getSimpleName(), '-');
    }

    private static String words(String camelCase, char between) {
        return camelCase
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", String.valueOf(between))
                .toLowerCase(Locale.ROOT);
    }
}
