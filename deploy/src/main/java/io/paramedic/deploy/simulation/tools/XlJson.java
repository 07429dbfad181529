package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.Dialect;
import io.paramedic.deploy.simulation.model.Domain;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code xl list -l}: leaves out whatever has no stored configuration, says so on stderr and succeeds (toolstack facts
 * §2.2, lab facts 7).
 */
final class XlJson {
    private static final String INDENT = "    ";

    private XlJson() {}

    static void print(ToolCall call, List<Domain> domains) {
        List<String> printed = new ArrayList<>();
        for (Domain domain : domains) {
            String config = config(call, domain);
            if (config != null) {
                printed.add(config.indent(INDENT.length()).stripTrailing());
            }
        }
        call.out(printed.isEmpty() ? "[\n\n]\n\n" : "[\n" + String.join(",\n", printed) + "\n]\n\n");
    }

    private static @Nullable String config(ToolCall call, Domain domain) {
        HostModel host = call.host();
        if (domain.domid() == 0) {
            return controlDomain(domain);
        }
        if (domain.dead() || host.facts().dialect() == Dialect.XCP_NG) {
            call.err(
                    "libxl: error: libxl_domain.c:2335:retrieve_domain_configuration_lock_acquired: Domain %d:Fail to"
                            + " get domain configuration\n",
                    domain.domid());
            return null;
        }
        String name = host.lifecycle().name(domain);
        if (name == null) {
            call.err(
                    "libxl: error: libxl_domain.c:2442:retrieve_domain_configuration_end: Domain %d:Fail to get domain"
                            + " name\n",
                    domain.domid());
        }
        return guest(domain, name == null ? domain.configuredName() : name, name != null);
    }

    private static String controlDomain(Domain domain) {
        long kib = domain.spec().memoryMiB() * 1024L;
        return """
            {
                "domid": 0,
                "config": {
                    "c_info": {
                        "type": "pv",
                        "name": "Domain-0"
                    },
                    "b_info": {
                        "max_memkb": %d,
                        "target_memkb": %d,
            %s,
                        "type.pv": {

                        },
                        "arch_arm": {

                        },
                        "arch_x86": {

                        }
                    }
                }
            }\
            """.formatted(kib, kib - 1, scheduler(true));
    }

    private static String guest(Domain domain, String name, boolean known) {
        DomainSpec spec = domain.spec();
        String vcpus = IntStream.range(0, spec.vcpus())
                .mapToObj(vcpu -> INDENT.repeat(5) + vcpu)
                .collect(Collectors.joining(",\n"));
        long kib = spec.memoryMiB() * 1024L;
        return """
            {
                "domid": %d,
                "config": {
                    "c_info": {
                        "type": "%s",
                        "name": %s,
                        "domid": 4294967295,
                        "uuid": "%s",
                        "run_hotplug_scripts": "True"
                    },
                    "b_info": {
                        "max_vcpus": %d,
                        "avail_vcpus": [
            %s
                        ],
                        "max_memkb": %d,
                        "target_memkb": %d,
                        "video_memkb": 0,
            %s,
                        "claim_mode": "True",
                        "kernel": "/boot/guest/vmlinux",
                        "type.%s": {

                        },
                        "arch_arm": {

                        },
                        "arch_x86": {
                            "msr_relaxed": "False"
                        }
                    },
            %s        "on_reboot": "%s",
                    "on_soft_reset": "soft_reset"
                }
            }\
            """.formatted(
                        domain.domid(),
                        spec.type().word(),
                        quoted(name),
                        domain.handle(),
                        spec.vcpus(),
                        vcpus,
                        kib,
                        kib,
                        scheduler(known),
                        spec.type().word(),
                        onOthers(spec),
                        spec.onReboot().word());
    }

    /** Defaults ({@code destroy}) are left out. */
    private static String onOthers(DomainSpec spec) {
        String poweroff = spec.onPoweroff() == DomainSpec.After.DESTROY
                ? ""
                : INDENT.repeat(2)
                        + "\"on_poweroff\": \"%s\",\n"
                                .formatted(spec.onPoweroff().word());
        String crash = spec.onCrash() == DomainSpec.After.DESTROY
                ? ""
                : INDENT.repeat(2)
                        + "\"on_crash\": \"%s\",\n".formatted(spec.onCrash().word());
        return poweroff + crash;
    }

    private static String scheduler(boolean known) {
        String inner = known ? """
                "sched": "credit2",
                "weight": 256,
                "cap": 0
            """.stripTrailing() : "";
        String text = "\"sched_params\": {\n" + inner + "\n}";
        return text.indent(INDENT.length() * 3).stripTrailing();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
