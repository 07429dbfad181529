package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.Domain;
import io.paramedic.deploy.simulation.model.GuestType;
import java.util.List;
import java.util.Optional;

/** The subcommands of xl that return 0 whatever happened (toolstack facts §2.3, lab facts 1). */
final class XlSmall {
    private static final List<String> TRIGGERS = List.of("nmi", "reset", "init", "power", "sleep", "s3resume");

    private XlSmall() {}

    static int run(ToolCall call, String subcommand, List<String> args) {
        int needed = subcommand.endsWith("pause") ? 1 : 2;
        if (args.size() < needed) {
            Xl.usage(call, subcommand);
            return Xl.USAGE;
        }
        Optional<Integer> domid = Xl.find(call, args.getFirst());
        if (domid.isEmpty()) {
            return Xl.FAILED;
        }
        Optional<Domain> domain = call.host().domain(domid.get());
        return switch (subcommand) {
            case "pause" -> pause(call, domid.get(), domain);
            case "unpause" -> unpause(call, domid.get(), domain);
            case "trigger" -> trigger(call, domid.get(), domain, args.get(1));
            case "sysrq" -> sysrq(call, domid.get(), args.get(1));
            default -> rename(call, domid.get(), args.get(1));
        };
    }

    private static int pause(ToolCall call, int domid, Optional<Domain> domain) {
        if (domain.isEmpty() || domid == 0) {
            call.err("libxl: error: libxl_domain.c:560:libxl_domain_pause: Domain %d:Pausing domain\n", domid);
        } else if (!domain.get().dead()) {
            call.host().lifecycle().pause(domain.get());
            call.effect("paused domain %d", domid);
        }
        return 0;
    }

    private static int unpause(ToolCall call, int domid, Optional<Domain> domain) {
        if (domain.isEmpty()) {
            call.err("libxl: error: libxl_domain.c:650:libxl_domain_unpause: Domain %d:Unpausing domain\n", domid);
        } else if (!domain.get().dead() && domain.get().paused()) {
            call.host().lifecycle().unpause(domain.get());
            call.effect("unpaused domain %d", domid);
        }
        return 0;
    }

    private static int trigger(ToolCall call, int domid, Optional<Domain> domain, String trigger) {
        if (!TRIGGERS.contains(trigger)) {
            call.err("Invalid trigger \"%s\"\n", trigger);
            return Xl.FAILED;
        }
        boolean hvm = domain.map(d -> d.type() != GuestType.PV).orElse(false);
        String problem = switch (trigger) {
            case "nmi" -> domain.isEmpty() ? "No such process" : "";
            case "power", "sleep" -> domain.isEmpty() ? "No such process" : hvm ? "" : "Invalid argument";
            default -> "Function not implemented";
        };
        if (!problem.isEmpty()) {
            call.err(
                    "libxl: error: libxl_domain.c:2207:libxl_send_trigger: Domain %d:Send trigger '%s' failed: %s\n",
                    domid, trigger, problem);
        } else {
            if (trigger.equals("power")) {
                domain.ifPresent(call.host().lifecycle()::powerButton);
            }
            call.effect("sent trigger %s to domain %d", trigger, domid);
        }
        return 0;
    }

    private static int sysrq(ToolCall call, int domid, String key) {
        if (key.length() > 1) {
            call.err("Invalid sysrq.\n\n");
            return Xl.FAILED;
        }
        call.host().lifecycle().write("/local/domain/" + domid + "/control/sysrq", key);
        call.effect("wrote sysrq %s for domain %d", key, domid);
        return 0;
    }

    private static int rename(ToolCall call, int domid, String name) {
        Optional<Domain> other = call.host().lifecycle().byName(name);
        if (other.isPresent() && other.get().domid() != domid) {
            call.err(
                    "libxl: error: libxl_domain.c:81:libxl__domain_rename: Domain %d:Domain with name \"%s\" already"
                            + " exists.\nCan't rename domain '%d'.\n",
                    domid, name, domid);
            return Xl.FAILED;
        }
        call.host().lifecycle().write("/local/domain/" + domid + "/name", name);
        call.effect("renamed domain %d to %s", domid, name);
        return 0;
    }
}
