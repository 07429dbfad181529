package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.Domain;
import io.paramedic.deploy.simulation.model.DomainSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code xl create FILE}, of a configuration that the host knows; a failure uses up an id (lab facts 10). */
final class XlCreate {
    private static final Duration BUILDING = Duration.ofMillis(700);
    private static final int NOT_CREATED = 3;

    private XlCreate() {}

    /** The first line, which also comes when xenstored is dead and nothing else will. */
    static void parsing(ToolCall call) {
        call.args().stream()
                .skip(1)
                .filter(arg -> !arg.startsWith("-"))
                .findFirst()
                .ifPresent(path -> call.err("Parsing config from %s\n", path));
    }

    static int create(ToolCall call, List<String> args) throws InterruptedException {
        Optional<String> path =
                args.stream().filter(arg -> !arg.startsWith("-")).findFirst();
        if (path.isEmpty()) {
            Xl.usage(call, "create");
            return Xl.USAGE;
        }
        DomainSpec spec = call.host().configs().get(path.get());
        if (spec == null) {
            call.err("Failed to read config file: %s: No such file or directory\n", path.get());
            return NOT_CREATED;
        }
        parsing(call);
        if (call.host().lifecycle().byName(spec.name()).isPresent()) {
            int domid = call.host().lifecycle().wasteDomid();
            call.err(
                    "libxl: error: libxl_domain.c:81:libxl__domain_rename: Domain %d:Domain with name \"%s\" already"
                            + " exists.\n",
                    domid, spec.name());
            call.err(
                    "libxl: error: libxl_create.c:1296:initiate_domain_create: Domain %d:cannot make domain: -6\n",
                    domid);
            XlDestroy.missing(call, domid);
            return NOT_CREATED;
        }
        if (spec.memoryMiB() > call.host().freeMemoryMiB()) {
            return outOfMemory(call);
        }
        return build(call, args.contains("-p") ? spec.createdPaused() : spec);
    }

    private static int build(ToolCall call, DomainSpec spec) throws InterruptedException {
        call.sleep(BUILDING);
        Domain domain = call.host().lifecycle().create(spec);
        call.effect("created domain %d (%s)", domain.domid(), spec.name());
        return 0;
    }

    private static int outOfMemory(ToolCall call) {
        int domid = call.host().lifecycle().wasteDomid();
        call.err("xc: error: panic: xg_dom_boot.c:119: xc_dom_boot_mem_init: can't allocate low memory for domain: Out"
                + " of memory\n"
                + "libxl: error: libxl_dom.c:586:libxl__build_dom: xc_dom_boot_mem_init failed: Cannot allocate"
                + " memory\n");
        call.err(
                "libxl: error: libxl_create.c:1640:domcreate_rebuild_done: Domain %d:cannot (re-)build domain: -3\n",
                domid);
        XlDestroy.missing(call, domid);
        return NOT_CREATED;
    }
}
