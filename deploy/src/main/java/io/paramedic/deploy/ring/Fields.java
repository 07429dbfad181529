package io.paramedic.deploy.ring;

import io.paramedic.schemas.yaml.NearMiss;
import io.paramedic.schemas.yaml.Problem;
import io.paramedic.schemas.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** One section of a configuration while it is read. Each key that is asked for is known; the others are refused at the end. */
final class Fields {
    private final String path;
    private final int line;
    private final Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    private final List<Problem> problems;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(String path, int line, List<Problem> problems) {
        this.path = path;
        this.line = line;
        this.problems = problems;
    }

    /** What is no section has no fields, and a problem. */
    static Fields of(String path, YamlNode node, List<Problem> problems) {
        Fields fields = new Fields(path, node.line(), problems);
        switch (node) {
            case YamlNode.Section section -> section.entries().forEach(entry -> fields.entries.put(entry.key(), entry));
            case YamlNode.Reported _ -> {}
            case YamlNode.Scalar _, YamlNode.Items _ ->
                problems.add(new Problem(path, node.line(), "", "must be a section with keys, not " + node.kind()));
        }
        return fields;
    }

    List<Problem> problems() {
        return problems;
    }

    /** All entries, for a section whose keys are names. */
    Map<String, YamlNode> named() {
        Map<String, YamlNode> result = new LinkedHashMap<>();
        entries.forEach((key, entry) -> result.put(key, entry.value()));
        known.addAll(entries.keySet());
        return result;
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    Optional<String> text(String key) {
        return value(key).flatMap(node -> scalar(path(key), node, problems));
    }

    /** A text as it stands; numbers and flags are texts too. */
    static Optional<String> scalar(String path, YamlNode node, List<Problem> problems) {
        if (node instanceof YamlNode.Scalar scalar && !scalar.text().isBlank()) {
            return Optional.of(scalar.text());
        }
        if (!(node instanceof YamlNode.Reported)) {
            problems.add(new Problem(path, node.line(), "", "must be a text, not " + node.kind()));
        }
        return Optional.empty();
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : items(key)) {
            scalar(path(key), item, problems).ifPresent(texts::add);
        }
        return texts;
    }

    List<YamlNode> items(String key) {
        Optional<YamlNode> node = value(key);
        if (node.isEmpty() || node.get() instanceof YamlNode.Reported) {
            return List.of();
        }
        if (node.get() instanceof YamlNode.Items list) {
            return list.items();
        }
        problems.add(new Problem(
                path(key),
                node.get().line(),
                "",
                "must be a list, not " + node.get().kind()));
        return List.of();
    }

    boolean flag(String key) {
        Optional<YamlNode> node = value(key);
        if (node.isEmpty()) {
            return false;
        }
        if (node.get() instanceof YamlNode.Scalar scalar && scalar.form() == YamlNode.Scalar.Form.FLAG) {
            return scalar.text().equalsIgnoreCase("true");
        }
        problems.add(new Problem(path(key), node.get().line(), "", "must be true or false"));
        return false;
    }

    OptionalInt whole(String key, int least, int most) {
        Optional<YamlNode> node = value(key);
        if (node.isEmpty()) {
            return OptionalInt.empty();
        }
        if (node.get() instanceof YamlNode.Scalar scalar && scalar.form() == YamlNode.Scalar.Form.WHOLE) {
            try {
                int number = Integer.parseInt(scalar.text());
                if (number >= least && number <= most) {
                    return OptionalInt.of(number);
                }
            } catch (NumberFormatException _) {
                // Too large for an int is too large for every field.
            }
        }
        problems.add(
                new Problem(path(key), node.get().line(), "", "must be a whole number from " + least + " to " + most));
        return OptionalInt.empty();
    }

    Optional<Fields> section(String key) {
        return value(key).map(node -> of(path(key), node, problems));
    }

    Optional<YamlNode> value(String key) {
        known.add(key);
        return Optional.ofNullable(entries.get(key)).map(YamlNode.Entry::value);
    }

    void problem(String key, String rule) {
        YamlNode.Entry entry = entries.get(key);
        problems.add(new Problem(path(key), entry == null ? line : entry.line(), "", rule));
    }

    /** Reports each key that nobody has asked for. */
    void refuseOthers() {
        entries.values().stream().filter(entry -> !known.contains(entry.key())).forEach(entry -> {
            String near = NearMiss.of(entry.key(), known)
                    .map(word -> "did you mean " + word + "?")
                    .orElse("known here: " + String.join(", ", known));
            problems.add(new Problem(path(entry.key()), entry.line(), "", "is no key here; " + near));
        });
    }
}
