package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.Domain;
import io.paramedic.deploy.simulation.model.GuestType;
import io.paramedic.deploy.simulation.model.HostModel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code xl shutdown} and {@code xl reboot}: wait up to a minute for the guest to acknowledge, and leave the request in
 * xenstore if it does not (toolstack facts §2.3, lab facts 4).
 */
final class XlShutdown {
    private XlShutdown() {}

    static int run(ToolCall call, String subcommand, List<String> args) throws InterruptedException {
        Optional<String> word =
                args.stream().filter(arg -> !arg.startsWith("-")).findFirst();
        if (word.isEmpty()) {
            Xl.usage(call, subcommand);
            return Xl.USAGE;
        }
        Optional<Integer> domid = Xl.find(call, word.get());
        if (domid.isEmpty()) {
            return Xl.FAILED;
        }
        boolean reboot = subcommand.equals("reboot");
        call.err(reboot ? "Rebooting domain %d\n" : "Shutting down domain %d\n", domid.get());
        int rc = ask(call, domid.get(), reboot, args.contains("-F"));
        if (rc != 0) {
            call.err("%s failed (rc=%d)\n", subcommand, rc);
            return Xl.FAILED;
        }
        if (args.contains("-w") || args.contains("-ww")) {
            awaitEnd(call, domid.get());
        }
        return 0;
    }

    private static int ask(ToolCall call, int domid, boolean reboot, boolean fallBack) throws InterruptedException {
        HostModel host = call.host();
        Optional<Domain> domain = host.domain(domid);
        if (domain.isEmpty()) {
            call.err(
                    "libxl: error: libxl_domain.c:740:libxl__domain_pvcontrol_available: Domain %d:Unable to get domain"
                            + " info\n",
                    domid);
            return -6;
        }
        if (domain.get().type() == GuestType.HVM && !domain.get().spec().pvDrivers()) {
            if (fallBack && !reboot) {
                call.err("PV control interface not available: sending ACPI power button event.\n");
                host.lifecycle().powerButton(domain.get());
                call.effect("pressed the power button of domain %d", domid);
                return 0;
            }
            call.err(
                    "PV control interface not available: external graceful %s not possible.\n"
                            + "Use \"-F\" to fallback to ACPI power event.\n",
                    reboot ? "reboot" : "shutdown");
            return -10;
        }
        String node = "/local/domain/" + domid + "/control/shutdown";
        host.lifecycle().write(node, reboot ? "reboot" : "poweroff");
        call.effect("asked domain %d to %s", domid, reboot ? "reboot" : "power off");
        if (!call.await(
                host.acknowledgement(), () -> acknowledged(host.xenstore().read(node)))) {
            call.err("libxl: error: libxl_domain.c:854:pvcontrol_cb: guest didn't acknowledge control request: -9\n");
            return -9;
        }
        return 0;
    }

    private static boolean acknowledged(@Nullable String node) {
        return node == null || node.isEmpty();
    }

    private static void awaitEnd(ToolCall call, int domid) throws InterruptedException {
        call.err("Waiting for 1 domains\n");
        HostModel host = call.host();
        call.hangUntil(
                () -> host.domain(domid).map(d -> d.shutDown() || d.dead()).orElse(true));
        Optional<Domain> domain = host.domain(domid);
        if (domain.isPresent() && domain.get().shutDown()) {
            call.err(
                    "Domain %d has been shut down, reason code %d\n",
                    domid, domain.get().shutdownCode());
        } else {
            call.err("Domain %d has been destroyed\n", domid);
        }
    }
}
