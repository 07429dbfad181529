package io.paramedic.deploy.demo;

import io.paramedic.deploy.demo.DemoReport.FaultLine;
import io.paramedic.deploy.demo.DemoReport.IncidentLine;
import io.paramedic.deploy.demo.DemoReport.RungLine;
import io.paramedic.deploy.simulation.account.Deed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@link DemoReport} as JSON: totals first, then each fault, each incident and each touch. Durations are in seconds to the
 * millisecond, moments in ISO 8601; what is not known is null.
 */
public final class ReportJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ReportJson() {}

    /** The document, with a line end after it. */
    public static String of(DemoReport report) {
        ObjectNode root = NODES.objectNode();
        root.put("passed", report.passed());
        root.put("seed", report.seed());
        root.put("timesDividedBy", report.factor());
        seconds(root, "took", report.took());
        root.put("faultsInjected", report.injected());
        root.put("faultsRecovered", report.recovered());
        root.put("faultsExplained", report.explained());
        root.put("healthyVmsTouched", report.healthyVmsTouched());
        root.put("duplicateActions", report.duplicateActions());
        ArrayNode faults = root.putArray("faults");
        report.faults().forEach(fault -> faults.add(fault(fault)));
        ArrayNode incidents = root.putArray("incidents");
        report.incidents().forEach(incident -> incidents.add(incident(incident)));
        ArrayNode touches = root.putArray("touches");
        report.touches().forEach(touch -> touches.add(touch(touch)));
        return MAPPER.writeValueAsString(root) + "\n";
    }

    private static ObjectNode fault(FaultLine fault) {
        ObjectNode node = NODES.objectNode();
        Injected injected = fault.injected();
        node.put("fault", word(injected.fault()));
        node.put("pool", injected.pool());
        node.put("host", injected.host());
        node.put("vm", injected.name());
        node.put("uuid", injected.vm().toString());
        node.put("domid", injected.domid());
        node.put("injected", injected.at().toString());
        node.put("end", word(fault.end()));
        seconds(node, "faultToVerdict", fault.toVerdict());
        seconds(node, "faultToRecovery", fault.toRecovery());
        return node;
    }

    private static ObjectNode incident(IncidentLine incident) {
        ObjectNode node = NODES.objectNode();
        node.put("pool", incident.pool());
        node.put("incident", incident.id());
        Fault fault = incident.fault();
        node.put("fault", fault == null ? null : word(fault));
        node.put("vm", incident.vm());
        node.put("verdict", word(incident.verdict()));
        node.put("phase", word(incident.phase()));
        strings(node.putArray("witnesses"), incident.witnesses());
        strings(node.putArray("evidence"), incident.evidence());
        ArrayNode rungs = node.putArray("rungs");
        incident.rungs().forEach(rung -> rungs.add(rung(rung)));
        seconds(node, "faultToVerdict", incident.toVerdict());
        seconds(node, "faultToRecovery", incident.toRecovery());
        return node;
    }

    private static ObjectNode rung(RungLine rung) {
        ObjectNode node = NODES.objectNode();
        node.put("rung", rung.rung());
        node.put("command", rung.command());
        moment(node, "start", rung.start());
        moment(node, "end", rung.end());
        node.put("outcome", rung.outcome());
        node.put("sentence", rung.sentence());
        return node;
    }

    private static ObjectNode touch(Deed touch) {
        ObjectNode node = NODES.objectNode();
        node.put("host", touch.host());
        node.put("command", touch.entry().command());
        node.put("status", touch.entry().status());
        moment(node, "started", touch.entry().started());
        strings(
                node.putArray("vms"),
                touch.vms().stream().map(Object::toString).sorted().toList());
        strings(node.putArray("effects"), touch.entry().effects());
        return node;
    }

    private static void strings(ArrayNode into, List<String> values) {
        values.forEach(into::add);
    }

    private static void seconds(ObjectNode node, String name, @Nullable Duration duration) {
        node.put(name + "Seconds", duration == null ? null : duration.toMillis() / 1000.0);
    }

    private static void moment(ObjectNode node, String name, @Nullable Instant moment) {
        node.put(name, moment == null ? null : moment.toString());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
