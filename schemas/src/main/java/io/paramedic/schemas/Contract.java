package io.paramedic.schemas;

import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.doctor.DoctorReport;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.quarantine.Quarantined;
import io.paramedic.schemas.request.Request;
import io.paramedic.schemas.wire.Codec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is said on which topic; one codec for each, and one for the doctor's report.
 *
 * <pre>
 *   collector ─► events ─► analyzer ─► commands ─► actuator ─► events (outcomes)
 * </pre>
 *
 * <p>To change what is said: a component that may be absent can be added to a record whenever older releases lose nothing
 * by not knowing it. Anything else, a renamed type or component, a required one, a condition on an act, is a new {@link
 * Codec#VERSION}; the golden messages of every version so far stay as they are and must stay readable.
 *
 * <p>A reader refuses a version, a type and an enum constant that it does not know: it cannot guess what they mean, and
 * what it cannot read is put into quarantine. Therefore readers are upgraded before writers. A field that it does not know
 * it ignores, because only what can be done without is added in that way. In a host's state even such a field changes the
 * {@linkplain io.paramedic.schemas.event.StateDigest digest}, so that an older analyzer distrusts that host.
 */
public final class Contract {
    /** Which hosts there are. A record without a value takes a host out. */
    public static final Codec<HostRecord> INVENTORY = Codec.ofMessage(HostRecord.class);

    /** What is asked of the collector that owns a host. */
    public static final Codec<Request> REQUESTS = Codec.ofMessage(Request.class);

    /** All that the analyzer may know about a pool. */
    public static final Codec<PoolEvent> EVENTS = Codec.ofMessage(PoolEvent.class);

    /** One step for one actuator. */
    public static final Codec<Command> COMMANDS = Codec.ofMessage(Command.class);

    /** Who may act where. */
    public static final Codec<LeaseRecord> LEASES = Codec.ofMessage(LeaseRecord.class);

    /** The current incidents, for people. A record without a value takes an incident off the screen. */
    public static final Codec<Incident> INCIDENTS = Codec.ofMessage(Incident.class);

    /** What is known of each host, for people. A record without a value takes a host off the screen. */
    public static final Codec<HostOverview> OVERVIEW = Codec.ofMessage(HostOverview.class);

    /** Every decision with its reason. */
    public static final Codec<JournalEntry> JOURNAL = Codec.ofMessage(JournalEntry.class);

    /** What could not be read. */
    public static final Codec<Quarantined> QUARANTINE = Codec.ofMessage(Quarantined.class);

    /** What {@code doctor --json} prints. */
    public static final Codec<DoctorReport> DOCTOR_REPORT = Codec.ofDocument(DoctorReport.class);

    /** The codec of each topic by the topic's name without its prefix, in the order of the data's way round. */
    public static final Map<String, Codec<?>> BY_TOPIC = byTopic();

    private Contract() {}

    private static Map<String, Codec<?>> byTopic() {
        Map<String, Codec<?>> codecs = new LinkedHashMap<>();
        codecs.put("inventory", INVENTORY);
        codecs.put("requests", REQUESTS);
        codecs.put("events", EVENTS);
        codecs.put("commands", COMMANDS);
        codecs.put("leases", LEASES);
        codecs.put("incidents", INCIDENTS);
        codecs.put("overview", OVERVIEW);
        codecs.put("journal", JOURNAL);
        codecs.put("quarantine", QUARANTINE);
        return Collections.unmodifiableMap(codecs);
    }
}
