package io.paramedic.analyzer.feed;

import io.paramedic.schemas.journal.Decision;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * A transition of an incident as a CloudEvent 1.0 in its structured JSON form. Source and id together are the place on the log, so
 * that whoever is told twice can see that it is the same.
 */
final class CloudEvent {
    static final String CONTENT_TYPE = "application/cloudevents+json; charset=utf-8";

    private CloudEvent() {}

    /** Nothing where the decision is no transition of an incident. */
    static Optional<String> type(Decision decision) {
        return switch (decision) {
            case Decision.IncidentOpened _ -> Optional.of("io.paramedic.incident.opened");
            case Decision.PhaseChanged _ -> Optional.of("io.paramedic.incident.phase-changed");
            case Decision.StepOrdered _,
                    Decision.StepProposed _,
                    Decision.StepRehearsed _,
                    Decision.StepWithheld _,
                    Decision.OutcomeTaken _,
                    Decision.ControlTaken _,
                    Decision.PolicyTaken _,
                    Decision.HostTrusted _,
                    Decision.HostDoubted _,
                    Decision.LivenessChanged _ -> Optional.empty();
        };
    }

    /**
     * @param tag of the journal
     * @param type see {@link #type}
     * @return with the entry as it stands on the log
     */
    static byte[] of(String tag, String type, Decided one) {
        String incident = JournalTopic.incident(one.entry().decision()).orElseThrow();
        ByteArrayOutputStream out = new ByteArrayOutputStream(one.json().length + 512);
        write(out, "{\"specversion\":\"1.0\"");
        field(out, "id", one.partition() + ":" + one.offset());
        field(out, "source", "urn:paramedic:journal:" + tag);
        field(out, "type", type);
        field(out, "subject", one.entry().pool() + "/" + incident);
        field(out, "time", one.entry().at().toString());
        field(out, "datacontenttype", "application/json");
        write(out, ",\"data\":");
        out.writeBytes(one.json());
        write(out, "}");
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, String name, String value) {
        write(out, ",\"" + name + "\":\"");
        out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(value));
        write(out, "\"");
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
