package io.paramedic.analyzer.policy;

import io.paramedic.schemas.yaml.DurationText;
import java.util.List;

/** Writes a policy with every key, its meaning and its range. */
final class PolicyWriter {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();
    private List<String> section = List.of();

    private PolicyWriter() {}

    static String write(Policy policy) {
        PolicyWriter writer = new PolicyWriter();
        PolicyKeys.ALL.forEach(key -> writer.key(key, policy));
        return writer.text.toString();
    }

    private void key(PolicyKey key, Policy policy) {
        List<String> path = List.of(key.path().split("\\."));
        List<String> parents = path.subList(0, path.size() - 1);
        enter(parents);
        String indent = INDENT.repeat(parents.size());
        text.append(indent)
                .append("# ")
                .append(key.meaning())
                .append(range(key))
                .append('\n');
        text.append(indent)
                .append(key.name())
                .append(':')
                .append(value(key, policy))
                .append('\n');
    }

    /** Writes the heads of the sections that begin here. */
    private void enter(List<String> parents) {
        if (!parents.equals(section)) {
            for (int depth = 0; depth < parents.size(); depth++) {
                boolean open =
                        section.size() > depth && section.subList(0, depth + 1).equals(parents.subList(0, depth + 1));
                if (!open) {
                    text.append(depth == 0 ? "\n" : "")
                            .append(INDENT.repeat(depth))
                            .append(parents.get(depth));
                    text.append(":\n");
                }
            }
            text.append(parents.isEmpty() ? "\n" : "");
            section = parents;
        }
    }

    static String range(PolicyKey key) {
        return switch (key) {
            case PolicyKey.Time time ->
                " " + DurationText.of(time.least()) + " to " + DurationText.of(time.most()) + ".";
            case PolicyKey.Count count -> " " + count.least() + " to " + count.most() + ".";
            case PolicyKey.Choice _, PolicyKey.Flag _, PolicyKey.Names _ -> "";
        };
    }

    /** With what stands between it and the colon. */
    static String value(PolicyKey key, Policy policy) {
        return switch (key) {
            case PolicyKey.Choice _ -> " " + PolicyKeys.word(policy.mode());
            case PolicyKey.Time time -> " " + DurationText.of(time.of().apply(policy));
            case PolicyKey.Count count -> " " + count.of().applyAsInt(policy);
            case PolicyKey.Flag flag -> " " + flag.of().test(policy);
            case PolicyKey.Names _ -> names(policy.protectedVms());
        };
    }

    private static String names(List<String> names) {
        if (names.isEmpty()) {
            return " []";
        }
        StringBuilder list = new StringBuilder();
        names.forEach(name -> list.append('\n').append(INDENT).append("- ").append(quoted(name)));
        return list.toString();
    }

    /** In single quotes, where YAML gives no character but the quote itself a meaning. */
    private static String quoted(String name) {
        return "'" + name.replace("'", "''") + "'";
    }
}
