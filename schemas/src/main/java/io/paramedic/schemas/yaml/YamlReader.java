package io.paramedic.schemas.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;
import tools.jackson.dataformat.yaml.YAMLReadFeature;

/**
 * Reads the plain part of YAML: sections, lists and scalars. Aliases, what they could refer to, and tags are refused,
 * because a document that people rely on must say what they see in it; and so is a key that stands twice and a second document. (An anchor at
 * a single value is passed over: without aliases it means nothing.)
 */
public final class YamlReader {
    /** More than five thousand names need, and little enough to be kept in one message. */
    public static final int LONGEST = 400_000;

    private static final int DEEPEST = 8;
    private static final YAMLFactory YAML =
            YAMLFactory.builder().disable(YAMLReadFeature.EMPTY_STRING_AS_NULL).build();

    private final YAMLParser parser;
    private final String what;
    private final List<Problem> problems;

    private YamlReader(YAMLParser parser, String what, List<Problem> problems) {
        this.parser = parser;
        this.what = what;
        this.problems = problems;
    }

    /**
     * The document; nothing where there is none or it is no YAML. All that is wrong is added to the problems.
     *
     * @param what the document is, for sentences, for example {@code a policy}
     */
    public static Optional<YamlNode> read(String text, String what, List<Problem> problems) {
        if (text.length() > LONGEST) {
            problems.add(whole(String.format(
                    Locale.ROOT, "%,d characters are more than %s may have, %,d", text.length(), what, LONGEST)));
            return Optional.empty();
        }
        try (YAMLParser parser = (YAMLParser) YAML.createParser(ObjectReadContext.empty(), text)) {
            return new YamlReader(parser, what, problems).document();
        } catch (JacksonException e) {
            problems.add(broken(e));
            return Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // The YAML library throws these for some texts that are none, and a text from outside must stop nobody.
            problems.add(whole("this is no YAML: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<YamlNode> document() {
        if (parser.nextToken() == null) {
            problems.add(whole("the document is empty; " + what + " says something"));
            return Optional.empty();
        }
        YamlNode root = node("", 1);
        if (parser.nextToken() != null) {
            problems.add(new Problem("", line(), "", "a second document begins here; " + what + " is one document"));
        }
        return Optional.of(root);
    }

    private YamlNode node(String path, int depth) {
        int line = line();
        Optional<String> refusal = refusal(depth);
        if (refusal.isPresent()) {
            problems.add(new Problem(path, line, "", refusal.get()));
            var _ = parser.skipChildren();
            return new YamlNode.Reported(line);
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> section(path, depth, line);
            case START_ARRAY -> items(path, depth, line);
            case VALUE_NUMBER_INT -> scalar(line, YamlNode.Scalar.Form.WHOLE);
            case VALUE_NUMBER_FLOAT -> scalar(line, YamlNode.Scalar.Form.FRACTION);
            case VALUE_TRUE, VALUE_FALSE -> scalar(line, YamlNode.Scalar.Form.FLAG);
            case VALUE_NULL -> scalar(line, YamlNode.Scalar.Form.NOTHING);
            case VALUE_STRING, VALUE_EMBEDDED_OBJECT -> scalar(line, YamlNode.Scalar.Form.TEXT);
            case PROPERTY_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE ->
                throw new IllegalStateException("no value begins with " + parser.currentToken());
        };
    }

    private Optional<String> refusal(int depth) {
        if (parser.isCurrentAlias()) {
            return Optional.of("aliases are not read; a text that begins with * must stand in quotes");
        }
        if (parser.getObjectId() != null) {
            return Optional.of("anchors are not read; a text that begins with & must stand in quotes");
        }
        if (parser.getRawTag() != null) {
            return Optional.of("tags are not read; a text that begins with ! must stand in quotes");
        }
        return depth > DEEPEST ? Optional.of("this is nested deeper than any key of " + what) : Optional.empty();
    }

    private YamlNode section(String path, int depth, int line) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            int keyLine = line();
            String keyPath = path.isEmpty() ? key : path + "." + key;
            var _ = parser.nextToken();
            YamlNode value = node(keyPath, depth + 1);
            Integer before = lines.putIfAbsent(key, keyLine);
            if (before == null) {
                entries.add(new YamlNode.Entry(keyLine, key, value));
            } else {
                problems.add(new Problem(keyPath, keyLine, "", "stands twice, first on line " + before));
            }
        }
        return new YamlNode.Section(line, entries);
    }

    private YamlNode items(String path, int depth, int line) {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(path + "[" + items.size() + "]", depth + 1));
        }
        return new YamlNode.Items(line, items);
    }

    private YamlNode scalar(int line, YamlNode.Scalar.Form form) {
        String text = parser.getString();
        return new YamlNode.Scalar(line, form, text == null ? "" : text);
    }

    private int line() {
        return Math.max(0, parser.currentTokenLocation().getLineNr());
    }

    private static Problem broken(JacksonException e) {
        if (e.getCause() instanceof MarkedYamlEngineException marked) {
            int line = marked.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            return new Problem("", line, "", "this is no YAML: " + marked.getProblem());
        }
        String first =
                String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("it cannot be read");
        int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
        return new Problem("", line, "", "this is no YAML: " + first);
    }

    private static Problem whole(String rule) {
        return new Problem("", 0, "", rule);
    }
}
