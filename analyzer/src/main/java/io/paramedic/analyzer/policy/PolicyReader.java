package io.paramedic.analyzer.policy;

import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.yaml.DurationText;
import io.paramedic.schemas.yaml.NearMiss;
import io.paramedic.schemas.yaml.Problem;
import io.paramedic.schemas.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds a document against the table of keys, and gathers all that is wrong with it. */
final class PolicyReader {
    private static final Map<String, PolicyKey> KEYS =
            PolicyKeys.ALL.stream().collect(Collectors.toMap(PolicyKey::path, Function.identity()));

    private final List<Problem> problems;
    private final PolicyValues values = new PolicyValues();
    private boolean unsafeTimes;

    PolicyReader(List<Problem> problems) {
        this.problems = problems;
    }

    /** The values of the document; they count only where no problem was found. */
    PolicyValues read(YamlNode root) {
        unsafeTimes = root instanceof YamlNode.Section section && permitsUnsafeTimes(section);
        if (root instanceof YamlNode.Section section) {
            section(section, "");
        } else {
            report("", root, "a policy is a section of keys, not " + root.kind());
        }
        return values;
    }

    /** Looked up first, because it may stand below the times that it permits. */
    private static boolean permitsUnsafeTimes(YamlNode.Section root) {
        return root.entries().stream()
                .anyMatch(entry -> entry.key().equals(PolicyKeys.UNSAFE_TIMES)
                        && entry.value() instanceof YamlNode.Scalar scalar
                        && flag(scalar).orElse(false));
    }

    private void section(YamlNode.Section section, String prefix) {
        for (YamlNode.Entry entry : section.entries()) {
            String path = prefix + entry.key();
            PolicyKey key = KEYS.get(path);
            if (key != null) {
                value(key, entry.value());
            } else if (isSection(path)) {
                subsection(path, entry.value());
            } else {
                problems.add(new Problem(path, entry.line(), "", unknown(entry.key(), prefix)));
            }
        }
    }

    private void subsection(String path, YamlNode value) {
        if (value instanceof YamlNode.Section section) {
            section(section, path + ".");
        } else {
            report(path, value, "is a section of keys: " + String.join(", ", names(path + ".")));
        }
    }

    private static boolean isSection(String path) {
        return KEYS.keySet().stream().anyMatch(key -> key.startsWith(path + "."));
    }

    private static String unknown(String key, String prefix) {
        Set<String> names = names(prefix);
        return "no such key; "
                + NearMiss.of(key, names)
                        .map(near -> "did you mean " + near + "?")
                        .orElseGet(() -> "there are " + String.join(", ", names));
    }

    /** What may stand at this place. */
    private static Set<String> names(String prefix) {
        return KEYS.keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()).split("\\.", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void value(PolicyKey key, YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar && scalar.isNothing()) {
            report(key.path(), node, "has no value; give one, or leave the key out to have the default");
            return;
        }
        switch (key) {
            case PolicyKey.Choice choice -> mode(choice, node);
            case PolicyKey.Time time -> time(time, node);
            case PolicyKey.Count count -> count(count, node);
            case PolicyKey.Flag flag -> flag(flag, node);
            case PolicyKey.Names names -> names(names, node);
        }
    }

    private void mode(PolicyKey.Choice key, YamlNode node) {
        List<String> words = PolicyKeys.words(Mode.values());
        int index = node instanceof YamlNode.Scalar scalar ? words.indexOf(scalar.text()) : -1;
        if (index < 0) {
            String near = node instanceof YamlNode.Scalar scalar
                    ? NearMiss.of(scalar.text(), words)
                            .map(word -> "; did you mean " + word + "?")
                            .orElse("")
                    : "";
            report(key.path(), node, "is one of " + String.join(", ", words) + near);
        } else {
            values.mode(Mode.values()[index]);
        }
    }

    private void time(PolicyKey.Time key, YamlNode node) {
        Optional<Duration> parsed =
                node instanceof YamlNode.Scalar scalar ? DurationText.parse(scalar.text()) : Optional.empty();
        if (parsed.isEmpty()) {
            report(key.path(), node, "is a time: a whole number and ms, s, m, h or d, for example 90s, 2m or 1d");
            return;
        }
        Duration time = parsed.get();
        Duration least = unsafeTimes ? key.floor() : key.least();
        if (time.compareTo(least) < 0) {
            report(key.path(), node, tooShort(key, time, least));
        } else if (time.compareTo(key.most()) > 0) {
            report(key.path(), node, "is longer than " + DurationText.of(key.most()) + ", the most that is sound");
        } else {
            values.time(key.path(), time);
        }
    }

    private static String tooShort(PolicyKey.Time key, Duration time, Duration least) {
        String sentence = "is shorter than " + DurationText.of(least) + ", the least that is safe";
        boolean wouldHelp = least.equals(key.least()) && time.compareTo(key.floor()) >= 0;
        return wouldHelp ? sentence + " (on simulated hosts, unsafe_times: true permits it)" : sentence;
    }

    private void count(PolicyKey.Count key, YamlNode node) {
        boolean whole = node instanceof YamlNode.Scalar scalar
                && scalar.form() == YamlNode.Scalar.Form.WHOLE
                && scalar.text().matches("0|[1-9]\\d{0,8}");
        int number = whole ? Integer.parseInt(((YamlNode.Scalar) node).text()) : -1;
        if (!whole || number < key.least() || number > key.most()) {
            report(key.path(), node, "is a whole number from " + key.least() + " to " + key.most());
        } else {
            values.count(key.path(), number);
        }
    }

    private void flag(PolicyKey.Flag key, YamlNode node) {
        Optional<Boolean> flag = node instanceof YamlNode.Scalar scalar ? flag(scalar) : Optional.empty();
        if (flag.isEmpty()) {
            report(key.path(), node, "is true or false, without quotes");
        } else {
            values.flag(key.path(), flag.get());
        }
    }

    /** One spelling alone, because of all the others that YAML once had each means a text to some reader. */
    private static Optional<Boolean> flag(YamlNode.Scalar scalar) {
        boolean spelt =
                scalar.form() == YamlNode.Scalar.Form.FLAG && scalar.text().matches("true|false");
        return spelt ? Optional.of(scalar.text().equals("true")) : Optional.empty();
    }

    private void names(PolicyKey.Names key, YamlNode node) {
        if (!(node instanceof YamlNode.Items list)) {
            report(key.path(), node, "is a list of names or uuids, for example [\"db-*\"]");
            return;
        }
        if (list.items().size() > PolicyKey.Names.MOST) {
            report(key.path(), node, "has " + list.items().size() + " entries, more than " + PolicyKey.Names.MOST);
            return;
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            String path = key.path() + "[" + i + "]";
            name(path, list.items().get(i)).ifPresent(names::add);
        }
        values.names(names);
    }

    private Optional<String> name(String path, YamlNode node) {
        if (!(node instanceof YamlNode.Scalar scalar)
                || scalar.text().isBlank()
                || scalar.text().length() > PolicyKey.Names.LONGEST
                || scalar.text().chars().anyMatch(Character::isISOControl)) {
            report(path, node, "is a name or uuid of 1 to " + PolicyKey.Names.LONGEST + " printable characters");
            return Optional.empty();
        }
        return Optional.of(scalar.text());
    }

    /** What has been reported already is not reported again. */
    private void report(String path, YamlNode node, String rule) {
        switch (node) {
            case YamlNode.Reported _ -> {}
            case YamlNode.Scalar scalar -> problems.add(new Problem(path, scalar.line(), quoted(scalar.text()), rule));
            case YamlNode.Section _, YamlNode.Items _ ->
                problems.add(new Problem(path, node.line(), "", rule + "; here stands " + node.kind()));
        }
    }

    /** Fit for one line of a terminal. */
    private static String quoted(String text) {
        String start = text.length() <= 60 ? text : text.substring(0, 60) + "…";
        StringBuilder printable = new StringBuilder();
        start.codePoints()
                .map(point -> Character.isISOControl(point) ? '\u00b7' : point)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
