package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.Domain;
import java.util.Optional;

/** {@code xen-diag}: unknown commands succeed, and what is not a number is domain 0 (toolstack facts §7). */
final class XenDiag implements Tool {
    private static final String USAGE = """
        xen-diag: xen diagnostic utility
        Usage: xen-diag command [args]
        Commands:
          help                       display this help
          gnttab_query_size <domid>  dump the current and max grant frames for <domid>
        """;

    @Override
    public int run(ToolCall call) {
        if (call.refusal().isPresent()) {
            call.err("failed to get the handler\n");
            return 0;
        }
        if (call.args().isEmpty() || !"gnttab_query_size".startsWith(call.args().getFirst())) {
            call.err(USAGE);
            return 0;
        }
        if (call.args().size() != 2) {
            call.err(USAGE);
            return 1;
        }
        String word = call.args().get(1);
        int domid = word.matches("\\d{1,5}") ? Integer.parseInt(word) : 0;
        Optional<Domain> domain = call.host().domain(domid);
        if (domain.isEmpty()) {
            call.err("xc: error: Could not query dom %d's grant size: Internal error\n", domid);
            return 1;
        }
        call.out(
                "domid=%d: nr_frames=%d, max_nr_frames=%d\n",
                domid, domain.get().grantFrames(), domain.get().maxGrantFrames());
        return 0;
    }
}
