package io.paramedic.analyzer.diagnosis;

import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals.XapiRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sentences that tell how to end or restart a domain. A command is named only where it surely acts on this domain: XAPI acts on what
 * its database says, which may be another domain, another host, or nothing (toolstack facts §3.4).
 */
final class Advice {
    static final String TOOLSTACK_RESTART =
            "if no task is at work (xe task-list) and XAPI has every running domain of this host as resident here:"
                    + " xe-toolstack-restart";
    static final String TOOLSTACK_RESTART_HARM =
            "xe-toolstack-restart while XAPI and Xen disagree: it ends domains that its database believes elsewhere";

    private Advice() {}

    /** The last step for a domain that will not come back by itself. */
    static String startAgain(DomainObservation domain, HostContext host) {
        if (!host.xapi()) {
            return "xl destroy " + domain.domid()
                    + " (by domid, after comparing its uuid once more), then xl create with its configuration";
        }
        XapiRecord record = domain.signals().record();
        if (!isIts(record, domain, host)) {
            return "get a person who knows the pool: XAPI's record of this VM was not read or does not name this"
                    + " domain of this host, and xe would act on what the record names";
        }
        return "xe vm-reboot uuid=" + domain.handle() + " force=true";
    }

    /** Whether XAPI means this very domain. */
    private static boolean isIts(@Nullable XapiRecord record, DomainObservation domain, HostContext host) {
        return record != null
                && (record.powerState().equals("running") || record.powerState().equals("paused"))
                && record.domid() == domain.domid()
                && host.hostUuid() != null
                && host.hostUuid().equals(record.residentOn());
    }
}
