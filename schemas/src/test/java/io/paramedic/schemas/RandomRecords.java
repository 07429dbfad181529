package io.paramedic.schemas;

import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.wire.Shape;
import io.paramedic.schemas.wire.Shapes;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Any record that its own constructor accepts, from a seed. */
final class RandomRecords {
    private static final Set<String> NAMES =
            Set.of("pool", "host", "address", "user", "name", "id", "cluster", "topic");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "web1",
            "(null)",
            "a \"quoted\" \\ path",
            "line\nbreak\ttab",
            "\u0000\u001b[0m\u007f",
            "{\"v\":1}",
            "n\u00e4me \u2013 \u8aad\u3080 \ud83d\udc1e",
            "</script>\u2028",
            "x".repeat(300));
    private static final int[] INTS = {
        0, 1, 1, 2, 3, 12, 64, 1000, 32_751, 65_535, Integer.MAX_VALUE, -1, Integer.MIN_VALUE
    };
    private static final long[] NANOS = {0, 1, 999, 1_000_000, 1_234_567, 86_400_120_000_000L, Long.MAX_VALUE, -1};

    private final Random random;

    RandomRecords(long seed) {
        random = new Random(seed);
    }

    Object any(Shape shape, String name) {
        return switch (shape) {
            case Shape.Text _ -> text(name);
            case Shape.Flag _ -> random.nextBoolean();
            case Shape.Whole(boolean wide) -> wide ? (Object) wide() : (Object) whole();
            case Shape.Decimal _ -> random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
            case Shape.Millis _ -> Duration.ofNanos(NANOS[random.nextInt(NANOS.length)]);
            case Shape.Moment _ ->
                Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(3) * 1_000_001);
            case Shape.Uuid _ -> new UUID(random.nextLong(), random.nextLong());
            case Shape.Choice choice -> oneOf(List.copyOf(choice.constants().values()));
            case Shape.Listing(Shape element) -> list(element, name);
            case Shape.Labels _ -> labels();
            case Shape.Product product -> record(product);
            case Shape.Union union -> record(oneOf(List.copyOf(union.cases().values())));
        };
    }

    private Object record(Shape.Product product) {
        if (product.type() == Command.class) {
            return command();
        }
        for (int attempt = 0; attempt < 1000; attempt++) {
            Object made = tryRecord(product);
            if (made != null) {
                return made;
            }
        }
        throw new AssertionError("no random " + product.type() + " is ever valid");
    }

    private @Nullable Object tryRecord(Shape.Product product) {
        @Nullable
        Object[] arguments = product.fields().stream()
                .map(field -> field.optional() && random.nextInt(3) == 0
                        ? null
                        : any(field.shape(), field.component().getName()))
                .toArray();
        try {
            return product.constructor().newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return null;
            }
            throw new AssertionError(e);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The parts of a command must fit each other, which chance will not do. */
    private Command command() {
        Step step = (Step) any(Shapes.of(Step.class), "step");
        String host = step.on().host();
        Scope scope = switch (random.nextInt(3)) {
            case 0 -> new Scope.Pool(text("pool"));
            case 1 -> new Scope.Host(text("pool"), host);
            default -> new Scope.Vm(text("pool"), host, (VmId) any(Shapes.of(VmId.class), "vm"));
        };
        return new Command(
                (UUID) any(new Shape.Uuid(), "id"),
                text("incident"),
                scope,
                step,
                (Instant) any(new Shape.Moment(), "notAfter"),
                new HostTime(step.on().bootId(), Duration.ofMillis(random.nextInt(1_000_000))),
                random.nextBoolean() ? (UUID) any(new Shape.Uuid(), "approval") : null,
                text("why"));
    }

    private String text(String name) {
        if (NAMES.contains(name)) {
            return "n" + random.nextInt(100);
        }
        if (name.equals("hash") || name.equals("previous")) {
            return String.format("%064x", random.nextInt(Integer.MAX_VALUE));
        }
        return oneOf(TEXTS);
    }

    private int whole() {
        return INTS[random.nextInt(INTS.length)];
    }

    private long wide() {
        return random.nextBoolean() ? whole() : (long) whole() * whole();
    }

    private List<Object> list(Shape element, String name) {
        List<Object> values = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            values.add(any(element, name));
        }
        return values;
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            labels.put(oneOf(TEXTS), oneOf(TEXTS));
        }
        return labels;
    }

    private <E> E oneOf(List<E> values) {
        return values.get(random.nextInt(values.size()));
    }
}
