package io.paramedic.schemas;

import io.paramedic.schemas.wire.Codec;
import io.paramedic.schemas.wire.Shape;
import io.paramedic.schemas.wire.Shapes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the JSON Schema (draft 2020-12) of each message from its shape; one file each that needs no other. */
final class JsonSchemas {
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What the message refers to, by name. */
    private final Map<String, ObjectNode> definitions = new TreeMap<>();

    private JsonSchemas() {}

    /** The text of every schema by the name of its message. */
    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Codec<?> codec : GoldenMessagesTest.codecs()) {
            switch (codec.shape()) {
                case Shape.Union messages ->
                    messages.cases()
                            .forEach((name, product) -> all.put(name, new JsonSchemas().message(name, product)));
                case Shape.Product document -> {
                    String name = Shapes.nameOf(document.type());
                    JsonSchemas schemas = new JsonSchemas();
                    all.put(name, schemas.root(name, schemas.object(document, null)));
                }
                default -> throw new AssertionError("neither message nor document: " + codec.root());
            }
        }
        return all;
    }

    private String message(String name, Shape.Product product) {
        ObjectNode schema = object(product, name);
        ObjectNode properties = NODES.objectNode();
        properties.set("v", NODES.objectNode().put("const", Codec.VERSION));
        properties.setAll((ObjectNode) schema.get("properties"));
        schema.set("properties", properties);
        ((ArrayNode) schema.get("required")).insert(0, "v");
        return root(name, schema);
    }

    private String root(String name, ObjectNode schema) {
        ObjectNode root = NODES.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", "urn:paramedic:schema:v" + Codec.VERSION + ":" + name)
                .put("title", name);
        root.setAll(schema);
        if (!definitions.isEmpty()) {
            ObjectNode all = root.putObject("$defs");
            definitions.forEach(all::set);
        }
        return PRETTY.writeValueAsString(root) + "\n";
    }

    private ObjectNode object(Shape.Product product, @Nullable String caseName) {
        Javadocs.Doc doc = Javadocs.of(product.type());
        ObjectNode schema = NODES.objectNode();
        describe(schema, doc.text());
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        if (caseName != null) {
            properties.putObject(Shapes.TYPE).put("const", caseName);
            required.add(Shapes.TYPE);
        }
        for (Shape.Field field : product.fields()) {
            ObjectNode content = schema(field.shape());
            describe(content, doc.components().getOrDefault(field.component().getName(), ""));
            properties.set(field.name(), content);
            if (!field.optional()) {
                required.add(field.name());
            }
        }
        return schema;
    }

    private ObjectNode schema(Shape shape) {
        ObjectNode schema = NODES.objectNode();
        return switch (shape) {
            case Shape.Text _ -> schema.put("type", "string");
            case Shape.Flag _ -> schema.put("type", "boolean");
            case Shape.Whole(boolean wide) ->
                schema.put("type", "integer")
                        .put("minimum", wide ? Long.MIN_VALUE : Integer.MIN_VALUE)
                        .put("maximum", wide ? Long.MAX_VALUE : Integer.MAX_VALUE);
            case Shape.Decimal _ -> schema.put("type", "number");
            case Shape.Millis _ -> schema.put("type", "number");
            case Shape.Moment _ ->
                schema.put("type", "string")
                        .put("format", "date-time")
                        .put("pattern", "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z$");
            case Shape.Uuid _ ->
                schema.put("type", "string")
                        .put("format", "uuid")
                        .put("pattern", "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$");
            case Shape.Choice choice -> {
                ArrayNode names = schema.putArray("enum");
                choice.constants().keySet().forEach(names::add);
                yield schema;
            }
            case Shape.Listing(Shape element) -> {
                schema.put("type", "array").set("items", schema(element));
                yield schema;
            }
            case Shape.Labels _ -> {
                schema.put("type", "object").putObject("additionalProperties").put("type", "string");
                yield schema;
            }
            case Shape.Product product -> refer(product.type(), object(product, null));
            case Shape.Union union -> refer(union.type(), cases(union));
        };
    }

    private ObjectNode cases(Shape.Union union) {
        ObjectNode schema = NODES.objectNode();
        describe(schema, Javadocs.of(union.type()).text());
        ArrayNode cases = schema.putArray("oneOf");
        union.cases().forEach((name, product) -> cases.add(refer(product.type(), object(product, name))));
        return schema;
    }

    private ObjectNode refer(Class<?> type, ObjectNode definition) {
        String name = definitionName(type);
        ObjectNode before = definitions.put(name, definition);
        if (before != null && !before.equals(definition)) {
            throw new AssertionError("two different definitions are called " + name);
        }
        return NODES.objectNode().put("$ref", "#/$defs/" + name);
    }

    /** {@code Scope.Host} is {@code scope.host}. */
    private static String definitionName(Class<?> type) {
        String own = Shapes.nameOf(type);
        return type.getEnclosingClass() == null ? own : definitionName(type.getEnclosingClass()) + "." + own;
    }

    private static void describe(ObjectNode schema, String text) {
        if (!text.isEmpty()) {
            schema.put("description", text);
        }
    }

    static JsonNode parse(String text) {
        return PRETTY.readTree(text);
    }
}
