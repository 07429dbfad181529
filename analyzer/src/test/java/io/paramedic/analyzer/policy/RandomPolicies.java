package io.paramedic.analyzer.policy;

import io.paramedic.schemas.incident.Mode;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any policy that a document could say, the edges of each range among them. */
final class RandomPolicies {
    private RandomPolicies() {}

    static Arbitrary<Policy> any() {
        return Combinators.combine(
                        Arbitraries.of(Mode.class),
                        names().list().ofMaxSize(5),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.longs().list().ofSize(PolicyKeys.ALL.size()))
                .as((mode, names, haste, dice) -> {
                    PolicyValues values = new PolicyValues();
                    values.mode(mode);
                    values.names(names);
                    for (int i = 0; i < dice.size(); i++) {
                        set(values, PolicyKeys.ALL.get(i), haste == 0, dice.get(i));
                    }
                    return PolicyKeys.policy(values);
                });
    }

    private static void set(PolicyValues values, PolicyKey key, boolean hasty, long die) {
        switch (key) {
            case PolicyKey.Time time -> {
                Duration least = hasty ? time.floor() : time.least();
                values.time(
                        time.path(),
                        Duration.ofMillis(
                                between(die, least.toMillis(), time.most().toMillis())));
            }
            case PolicyKey.Count count -> values.count(count.path(), (int) between(die, count.least(), count.most()));
            case PolicyKey.Flag flag -> values.flag(flag.path(), die % 2 == 0);
            case PolicyKey.Choice _, PolicyKey.Names _ -> {}
        }
    }

    /** jqwik draws small numbers and extremes often; both become edges here. */
    private static long between(long die, long least, long most) {
        return LongStream.of(least, most)
                .filter(edge -> die == Long.MIN_VALUE && edge == least || die == Long.MAX_VALUE && edge == most)
                .findFirst()
                .orElse(least + Math.floorMod(die, most - least + 1));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        List.of("*", "db-*", "'", "it's", "#x", "- a", "~", "null", "true", "0x1", "a: b", "&a", "!b")),
                Arbitraries.strings()
                        .excludeChars('\u2028', '\u2029', '\ufeff', '\ufffe', '\uffff')
                        .ofMinLength(1)
                        .ofMaxLength(10)
                        .map(text -> text.codePoints()
                                .map(point -> isUnprintable(point) ? 'x' : point)
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                                .toString())
                        .filter(text -> !text.isBlank()));
    }

    /** Halves of pairs are no characters, and YAML has no place for what Unicode calls no character. */
    private static boolean isUnprintable(int unit) {
        return Character.isISOControl(unit) || Character.isSurrogate((char) unit);
    }
}
