package io.paramedic.deploy.cli;

import io.paramedic.deploy.operator.Search;
import io.paramedic.deploy.operator.Situation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.lease.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What an order covers. */
final class ScopeOptions {
    @Option(names = "--all", description = "Every pool that there is now; one that is added later is not covered.")
    private boolean all;

    @Option(
            names = "--pool",
            paramLabel = "POOL",
            description = "A pool with all its hosts; may be given several times.")
    private List<String> pools = new ArrayList<>();

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "A host with all VMs on it; may be given several times.")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--vm",
            paramLabel = "VM",
            description = "A VM by name, uuid or HOST/DOMID; may be given several times.")
    private List<String> vms = new ArrayList<>();

    /** @throws ParameterException naming everything that does not exist or is not one thing */
    List<Scope> scopes(Situation situation, CommandSpec spec) {
        List<String> problems = new ArrayList<>();
        List<Scope> scopes = new ArrayList<>();
        if (all) {
            situation.inventory().stream()
                    .map(HostRecord::pool)
                    .distinct()
                    .map(Scope.Pool::new)
                    .forEach(scopes::add);
        }
        for (String pool : pools) {
            if (situation.inventory().stream().noneMatch(host -> host.pool().equals(pool))) {
                problems.add("no host of the inventory is in a pool " + pool);
            } else {
                scopes.add(new Scope.Pool(pool));
            }
        }
        hosts.forEach(host -> situation.inventory().stream()
                .filter(one -> one.host().equals(host))
                .findAny()
                .ifPresentOrElse(
                        one -> scopes.add(new Scope.Host(one.pool(), host)),
                        () -> problems.add("no host of the inventory is called " + host)));
        vms.forEach(vm -> add(vm, situation, scopes, problems));
        if (!all && pools.isEmpty() && hosts.isEmpty() && vms.isEmpty()) {
            problems.add("say what is meant: --all, --pool, --host or --vm");
        } else if (scopes.isEmpty() && problems.isEmpty()) {
            problems.add("there is no pool yet: './paramedic host add' makes one");
        }
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), problems));
        }
        return scopes;
    }

    private static void add(String word, Situation situation, List<Scope> scopes, List<String> problems) {
        List<Search.Found> found = Search.domains(word, situation);
        @Nullable VmId vm = found.size() == 1 ? found.getFirst().domain().vm() : null;
        if (vm != null) {
            scopes.add(new Scope.Vm(
                    found.getFirst().host().pool(), found.getFirst().host().host(), vm));
        } else if (found.size() > 1) {
            problems.add(word + " is on several hosts; write HOST/DOMID: "
                    + String.join(
                            ", ",
                            found.stream()
                                    .map(one -> one.host().host() + "/"
                                            + one.domain().domid())
                                    .toList()));
        } else {
            problems.add("no VM that Paramedic knows is called " + word);
        }
    }
}
