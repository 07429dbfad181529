package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.Dialect;
import io.paramedic.deploy.simulation.model.HostFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code xl info} and {@code xl dmesg}. */
final class XlInfo {
    private XlInfo() {}

    static int info(ToolCall call, List<String> args) {
        if (!args.isEmpty() && !args.equals(List.of("-n"))) {
            call.err("option `\0' not supported.\n");
            return Xl.USAGE;
        }
        HostFacts facts = call.host().facts();
        lines(facts, call.host().freeMemoryMiB()).forEach((key, value) -> call.out("%-22s : %s\n", key, value));
        return 0;
    }

    private static Map<String, String> lines(HostFacts facts, int freeMiB) {
        String[] version = facts.xenVersion().split("\\.", -1);
        boolean debian = facts.dialect() == Dialect.XL;
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("host", facts.hostname());
        lines.put("release", facts.kernel());
        lines.put(
                "version",
                debian
                        ? "#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-16)"
                        : "#1 SMP Mon Jun 2 12:00:00 CEST 2026");
        lines.put("machine", "x86_64");
        lines.put("nr_cpus", Integer.toString(facts.cpus()));
        lines.put("max_cpu_id", Integer.toString(facts.cpus() - 1));
        lines.put("nr_nodes", "1");
        lines.put("cores_per_socket", Integer.toString(facts.cpus()));
        lines.put("threads_per_core", "1");
        lines.put("cpu_mhz", "2596.141");
        lines.put("hw_caps", "178bf3fd:80002001:20100800:00000007:00000000:00000000:00000000:00000000");
        lines.put("virt_caps", debian ? "pv hvm gnttab-v1 gnttab-v2" : "pv hvm hap shadow gnttab-v1 gnttab-v2");
        lines.put("total_memory", Integer.toString(facts.totalMemoryMiB()));
        lines.put("free_memory", Integer.toString(freeMiB));
        lines.put("sharing_freed_memory", "0");
        lines.put("sharing_used_memory", "0");
        lines.put("outstanding_claims", "0");
        lines.put("free_cpus", "0");
        lines.put("xen_major", version[0]);
        lines.put("xen_minor", version[1]);
        lines.put("xen_extra", "." + version[2]);
        lines.put("xen_version", facts.xenVersion());
        lines.put("xen_caps", "xen-3.0-x86_64 hvm-3.0-x86_32 hvm-3.0-x86_32p hvm-3.0-x86_64 ");
        lines.put("xen_scheduler", facts.scheduler());
        lines.put("xen_pagesize", "4096");
        lines.put("platform_params", "virt_start=0xffff800000000000");
        lines.put("xen_changeset", "");
        lines.put("xen_commandline", "dom0_mem=%dM,max:%dM ".formatted(facts.dom0MemoryMiB(), facts.dom0MemoryMiB()));
        lines.put(
                "cc_compiler", debian ? "x86_64-linux-gnu-gcc (Debian 12.2.0-14+deb12u1) 12.2.0" : "gcc (GCC) 11.2.1");
        lines.put("cc_compile_by", debian ? "pkg-xen-devel" : "mockbuild");
        lines.put("cc_compile_domain", debian ? "lists.alioth.debian.org" : "[unknown]");
        lines.put("cc_compile_date", "Wed Nov  4 16:52:28 UTC 2026");
        lines.put("build_id", "151b373fd64b321593bf987fd923cd10dabadac4");
        lines.put("xend_config_format", "4");
        return lines;
    }

    static int dmesg(ToolCall call) {
        HostFacts facts = call.host().facts();
        call.out(
                "(XEN) Xen version %s (x86_64-linux-gnu-gcc (Debian 12.2.0-14+deb12u1) 12.2.0) debug=n\n",
                facts.xenVersion());
        call.out("(XEN) Using scheduler: SMP Credit Scheduler rev2 (%s)\n", facts.scheduler());
        call.out("(XEN) *** Serial input to DOM0 (type 'CTRL-a' three times to switch input)\n");
        return 0;
    }
}
