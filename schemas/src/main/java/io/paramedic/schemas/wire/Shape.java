package io.paramedic.schemas.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;

/** What a Java type looks like on the wire. Writer, reader and JSON Schemas are three readings of the same shapes. */
public sealed interface Shape {
    record Text() implements Shape {}

    record Flag() implements Shape {}

    /** A whole number; {@code wide} is a {@code long}, else an {@code int}. */
    record Whole(boolean wide) implements Shape {}

    record Decimal() implements Shape {}

    /** A {@link java.time.Duration}, in milliseconds. */
    record Millis() implements Shape {}

    /** An {@link java.time.Instant}. */
    record Moment() implements Shape {}

    /** A {@link java.util.UUID}. */
    record Uuid() implements Shape {}

    /** One of the constants of an enum, by name on the wire. */
    record Choice(Map<String, Enum<?>> constants) implements Shape {}

    record Listing(Shape element) implements Shape {}

    /** A map from text to text, sorted by key. */
    record Labels() implements Shape {}

    /** A record, its fields in the order of its canonical constructor. */
    record Product(Class<? extends Record> type, List<Field> fields, Constructor<? extends Record> constructor)
            implements Shape {}

    /** A sealed type; its cases by name on the wire, those of nested sealed types included. */
    record Union(Class<?> type, Map<String, Product> cases) implements Shape {}

    /**
     * @param name on the wire
     * @param optional whether it may be left out
     */
    record Field(String name, RecordComponent component, Shape shape, boolean optional) {}
}
