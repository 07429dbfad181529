package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.Domain;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code xl destroy}: on a zombie it does nothing and returns 0 (lab facts 1). */
final class XlDestroy {
    private static final Duration BASE = Duration.ofMillis(300);
    private static final Duration PER_GIB = Duration.ofMillis(1200);

    private XlDestroy() {}

    static int destroy(ToolCall call, List<String> args) throws InterruptedException {
        boolean force = args.contains("-f");
        Optional<String> word = args.stream().filter(arg -> !arg.equals("-f")).findFirst();
        if (word.isEmpty()) {
            Xl.usage(call, "destroy");
            return Xl.USAGE;
        }
        Optional<Integer> domid = Xl.find(call, word.get());
        if (domid.isEmpty()) {
            return Xl.FAILED;
        }
        if (domid.get() == 0 && !force) {
            call.err("Not destroying domain 0; use -f to force.\n"
                    + "This can only be done when using a disaggregated hardware domain and toolstack.\n\n");
            return Xl.FAILED;
        }
        Optional<Domain> domain = call.host().domain(domid.get());
        if (domain.isEmpty() || domid.get() == 0) {
            missing(call, domid.get());
            call.err("destroy failed (rc=-21)\n");
            return Xl.FAILED;
        }
        if (!domain.get().dead()) {
            destroy(call, domain.get());
        }
        return 0;
    }

    private static void destroy(ToolCall call, Domain domain) throws InterruptedException {
        int domid = domain.domid();
        call.host().lifecycle().beginDestroy(domain);
        call.effect("began to destroy domain %d (%s)", domid, domain.configuredName());
        call.sleep(BASE.plus(PER_GIB.multipliedBy(domain.memoryMiB()).dividedBy(1024)));
        call.host().lifecycle().finishDestroy(domain);
        call.effect(domain.dead() ? "domain %d is now a zombie" : "destroyed domain %d", domid);
    }

    /** What libxl says when there is nothing to destroy. */
    static void missing(ToolCall call, int domid) {
        call.err("libxl: error: libxl_domain.c:1183:libxl__destroy_domid: Domain %d:Non-existant domain\n", domid);
        call.err(
                "libxl: error: libxl_domain.c:1137:domain_destroy_callback: Domain %d:Unable to destroy guest\n",
                domid);
        call.err(
                "libxl: error: libxl_domain.c:1064:domain_destroy_cb: Domain %d:Destruction of domain failed\n", domid);
    }
}
