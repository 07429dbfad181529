package io.paramedic.collector.dialect;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why {@code xe} refused. It prints English prose and never the code of an error that it knows (toolstack facts §3.1),
 * and the wording changed over the years, so a text that is not recognized is {@link Kind#UNKNOWN} with its quote.
 *
 * <p>An exit status alone is never success: plain {@code xe} without a command ends with 0, and a command that ends
 * with 0 may have selected nothing. Success is what the next look at the host shows.
 *
 * @param kind the class of the error
 * @param code XAPI's code; for the client's own errors the name of the kind
 * @param line the line that tells it
 * @param parameters the lines {@code name: value} behind it, in the order printed; values may be names, so free text
 */
public record XeError(Kind kind, String code, String line, Map<String, String> parameters) {
    private static final String CODE = "Error code: ";

    public XeError {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** What an error is, by how its prose begins. */
    public enum Kind {
        VM_BAD_POWER_STATE("You attempted an operation on a VM that was not in an appropriate power state"),
        OTHER_OPERATION_IN_PROGRESS("Another operation involving the object is currently in progress"),
        DOMAIN_EXISTS("The operation could not be performed because a domain still exists"),
        HOST_IS_LIVE("This operation cannot be completed because the server is still live."),
        HOST_OFFLINE("You attempted an operation which involves a host which could not be contacted."),
        CANNOT_CONTACT_HOST("Cannot forward messages because the server cannot be contacted."),
        CANNOT_RESET_CONTROL_DOMAIN("The power-state of a control domain cannot be reset."),
        OPERATION_NOT_ALLOWED("You attempted an operation that was not allowed."),
        OPERATION_BLOCKED("You attempted an operation that was explicitly blocked"),
        VM_FAILED_SHUTDOWN_ACKNOWLEDGMENT("VM didn't acknowledge the need to shutdown."),
        VM_SHUTDOWN_TIMEOUT("VM failed to shutdown before the timeout expired"),
        VM_CRASHED("The VM crashed"),
        VM_REBOOTED("The VM unexpectedly rebooted"),
        VM_HALTED("The VM unexpectedly halted"),
        VM_LACKS_FEATURE("You attempted an operation on a VM which lacks the feature."),
        VM_MISSING_PV_DRIVERS("You attempted an operation on a VM which requires PV drivers"),
        TASK_CANCELLED("The request was asynchronously canceled."),
        HOST_STILL_BOOTING("The host toolstack is still initialising. Please wait."),
        HOST_IS_SLAVE("You cannot make regular API calls directly on a s"),
        SESSION_INVALID("You gave an invalid session reference."),
        INTERNAL_ERROR("The server failed to handle your request, due to an internal error."),
        /** XAPI told a code that its own data model does not know; {@link XeError#code} has it. */
        OTHER_CODE(CODE),

        /** The toolstack on the asked host does not answer; the VMs go on running (toolstack facts §8, row 26). */
        NO_AGENT("Failed to contact a running management agent."),
        NO_SERVER("Unable to contact server. Please check server and port settings."),
        CONNECTION_REFUSED("Error: Connection refused"),
        /** The command may go on and succeed (toolstack facts §8, row 27). */
        CONNECTION_LOST("Lost connection to the server."),
        HOST_NOT_FOUND("Host '"),

        NO_MATCH("No matching VMs found"),
        SEVERAL_MATCHES("Multiple matches VMs found."),
        UNKNOWN_FIELD("Unknown field '"),
        NEEDS_FORCE("This operation is dangerous and may cause data loss"),

        /** None of these. */
        UNKNOWN("");

        private final String start;

        Kind(String start) {
            this.start = start;
        }

        private static Kind of(String line) {
            for (Kind kind : values()) {
                if (line.startsWith(kind.start)) {
                    return kind;
                }
            }
            return UNKNOWN;
        }
    }

    /** Reads what {@code xe} printed on standard error; absent where it printed nothing. */
    public static @Nullable XeError parse(String stderr) {
        List<Line> lines =
                Line.of(stderr).stream().filter(l -> !l.text().isBlank()).toList();
        if (lines.isEmpty()) {
            return null;
        }
        Line told = lines.stream()
                .filter(l -> Kind.of(l.text()) != Kind.UNKNOWN)
                .findFirst()
                .orElse(lines.getFirst());
        Kind kind = Kind.of(told.text());
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Line line : lines.subList(lines.indexOf(told) + 1, lines.size())) {
            int colon = line.text().indexOf(": ");
            if (colon > 0) {
                parameters.putIfAbsent(
                        line.text().substring(0, colon), line.text().substring(colon + 2));
            }
        }
        String code =
                kind == Kind.OTHER_CODE ? told.text().substring(CODE.length()).strip() : kind.name();
        return new XeError(kind, code, told.quote(), parameters);
    }
}
