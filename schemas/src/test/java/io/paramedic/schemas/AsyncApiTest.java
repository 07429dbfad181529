package io.paramedic.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.wire.Codec;
import io.paramedic.schemas.wire.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The AsyncAPI document lists exactly what the contract has. */
class AsyncApiTest {
    private static final Path FILE = Path.of("../deploy/docs/asyncapi.yaml");
    private static final Map<String, String> KEYS = Map.of(
            "inventory",
            "host",
            "requests",
            "host",
            "events",
            "pool",
            "commands",
            "pool",
            "leases",
            "pool",
            "incidents",
            "incident",
            "overview",
            "host-of-pool",
            "journal",
            "pool",
            "quarantine",
            "source");
    private static final JsonNode DOCUMENT = new YAMLMapper().readTree(FILE.toFile());

    @Test
    void everyTopicIsAChannelWithItsMessages() {
        JsonNode channels = DOCUMENT.get("channels");
        assertThat(channels.propertyNames()).containsExactlyElementsOf(Contract.BY_TOPIC.keySet());
        for (Map.Entry<String, Codec<?>> topic : Contract.BY_TOPIC.entrySet()) {
            JsonNode channel = channels.get(topic.getKey());
            assertThat(channel.get("address").stringValue()).isEqualTo("paramedic." + topic.getKey());
            assertThat(channel.get("messages").propertyNames())
                    .containsExactlyInAnyOrderElementsOf(messages(topic.getValue()));
        }
    }

    @Test
    void everyMessageHasItsSchemaAndItsKey() throws IOException {
        JsonNode messages = DOCUMENT.at("/components/messages");
        Set<String> expected = new TreeSet<>();
        Contract.BY_TOPIC.values().forEach(codec -> expected.addAll(messages(codec)));
        assertThat(messages.propertyNames()).containsExactlyInAnyOrderElementsOf(expected);
        for (String name : expected) {
            JsonNode message = messages.get(name);
            JsonNode schema = JsonSchemas.parse(Files.readString(file(message.get("payload"))));
            assertThat(schema.get("title").stringValue()).isEqualTo(name);
            assertThat(message.get("name").stringValue()).isEqualTo(name);
            JsonNode key = resolve(message.get("traits").get(0)).at("/bindings/kafka/key/type");
            assertThat(key.stringValue()).as("key of %s", name).isEqualTo("string");
        }
    }

    @Test
    void theMessagesOfATopicShareItsKey() {
        for (Map.Entry<String, Codec<?>> topic : Contract.BY_TOPIC.entrySet()) {
            for (String name : messages(topic.getValue())) {
                String key = name.equals("tick") ? "tick" : KEYS.get(topic.getKey());
                JsonNode message = DOCUMENT.at("/components/messages").get(name);
                assertThat(message.get("traits").get(0).get("$ref").stringValue())
                        .as(name)
                        .isEqualTo("#/components/messageTraits/keyed-by-" + key);
            }
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<JsonNode> references = new ArrayList<>();
        collect(DOCUMENT, references);
        assertThat(references).hasSizeGreaterThan(100);
        for (JsonNode reference : references) {
            if (reference.get("$ref").stringValue().startsWith("#")) {
                assertThat(resolve(reference).isMissingNode())
                        .as("%s", reference)
                        .isFalse();
            } else {
                assertThat(file(reference)).exists();
            }
        }
    }

    private static Set<String> messages(Codec<?> codec) {
        return ((Shape.Union) codec.shape()).cases().keySet();
    }

    private static void collect(JsonNode node, List<JsonNode> references) {
        if (node.has("$ref")) {
            references.add(node);
        }
        node.forEach(child -> collect(child, references));
    }

    private static JsonNode resolve(JsonNode reference) {
        return DOCUMENT.at(reference.get("$ref").stringValue().substring(1));
    }

    private static Path file(JsonNode reference) {
        return FILE.resolveSibling(reference.get("$ref").stringValue()).normalize();
    }
}
