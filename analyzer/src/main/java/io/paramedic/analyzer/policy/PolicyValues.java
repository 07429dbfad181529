package io.paramedic.analyzer.policy;

import io.paramedic.schemas.incident.Mode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value of every key: what the document says, and the default where it is silent. */
final class PolicyValues {
    private Mode mode = Policy.DEFAULT.mode();
    private List<String> names = Policy.DEFAULT.protectedVms();
    private final Map<String, Duration> times = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Boolean> flags = new HashMap<>();

    PolicyValues() {
        for (PolicyKey key : PolicyKeys.ALL) {
            switch (key) {
                case PolicyKey.Time time -> times.put(time.path(), time.of().apply(Policy.DEFAULT));
                case PolicyKey.Count count ->
                    counts.put(count.path(), count.of().applyAsInt(Policy.DEFAULT));
                case PolicyKey.Flag flag -> flags.put(flag.path(), flag.of().test(Policy.DEFAULT));
                case PolicyKey.Choice _, PolicyKey.Names _ -> {}
            }
        }
    }

    Mode mode() {
        return mode;
    }

    void mode(Mode value) {
        mode = value;
    }

    List<String> names() {
        return names;
    }

    void names(List<String> value) {
        names = value;
    }

    Duration time(String path) {
        return known(path, times.get(path));
    }

    void time(String path, Duration value) {
        times.put(path, value);
    }

    int count(String path) {
        return known(path, counts.get(path));
    }

    void count(String path, int value) {
        counts.put(path, value);
    }

    boolean flag(String path) {
        return known(path, flags.get(path));
    }

    void flag(String path, boolean value) {
        flags.put(path, value);
    }

    private static <T> T known(String path, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("a policy has no key " + path);
        }
        return value;
    }
}
