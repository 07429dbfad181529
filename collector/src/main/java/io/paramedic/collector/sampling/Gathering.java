package io.paramedic.collector.sampling;

import io.paramedic.collector.dialect.ClockedOutput;
import io.paramedic.collector.dialect.GrantQuery;
import io.paramedic.collector.dialect.GrantRow;
import io.paramedic.collector.dialect.HostClock;
import io.paramedic.collector.dialect.ListDomains;
import io.paramedic.collector.dialect.ProcessRow;
import io.paramedic.collector.dialect.Ps;
import io.paramedic.collector.dialect.Reading;
import io.paramedic.collector.dialect.Table;
import io.paramedic.collector.dialect.Unparseable;
import io.paramedic.collector.dialect.XeMinimal;
import io.paramedic.collector.dialect.XeVm;
import io.paramedic.collector.dialect.XenInventory;
import io.paramedic.collector.dialect.XenstoreLs;
import io.paramedic.collector.dialect.XenstoreTree;
import io.paramedic.collector.dialect.XlInfo;
import io.paramedic.collector.dialect.XlList;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.observation.HostObservation.Answer;
import io.paramedic.schemas.observation.HostObservation.Answer.How;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes the tools' answers as they come, from several threads, and keeps what they say and what they do not. */
final class Gathering {
    /** More would be one process for each domain of a very large host; a warning is not worth that. */
    static final int MOST_GRANT_QUERIES = 100;

    static final List<String> XE_FIELDS = XeVm.FIELDS;
    private static final Answer NOT_ASKED = new Answer(How.NOT_ASKED, Duration.ZERO);

    private final String host;
    private final Tools tools;
    private final List<Sample> samples = new ArrayList<>();
    private final List<Store> stores = new ArrayList<>();
    private final List<Gathered.Round> rounds = new ArrayList<>();
    private List<ProcessRow> processes = List.of();
    private @Nullable Store unpaired;
    private @Nullable Set<String> reapers;
    private @Nullable UUID hostUuid;
    private @Nullable String lost;
    private final Map<Integer, GrantRow> grants = new HashMap<>();
    private final Map<UUID, XeVm> records = new HashMap<>();
    private final Set<Unread> unread = new LinkedHashSet<>();
    private @Nullable XlInfo info;
    private Answer xenstore = NOT_ASKED;
    private Answer list = NOT_ASKED;

    Gathering(String host, Tools tools) {
        this.host = host;
        this.tools = tools;
    }

    synchronized Gathered gathered() {
        return new Gathered(
                host,
                tools.toolstack(),
                List.copyOf(samples),
                List.copyOf(stores),
                processes,
                List.copyOf(rounds),
                reapers,
                hostUuid,
                info,
                Map.copyOf(grants),
                Map.copyOf(records),
                xenstore,
                list,
                List.copyOf(unread));
    }

    /** Goes on from an earlier reading of xenstore: nodes that are read again are read on top of it. */
    synchronized void resume(Store earlier) {
        stores.add(earlier);
    }

    synchronized boolean hasSamples() {
        return !samples.isEmpty();
    }

    synchronized List<Integer> livingDomids() {
        return samples.getLast().domains().stream()
                .filter(d -> d.domid() != 0 && !d.state().dying())
                .map(DomainSample::domid)
                .toList();
    }

    synchronized void missing(String tool) {
        unread.add(new Unread(tool, "it is not installed on this host, or not in its PATH", null));
    }

    /** Without a limit of the host's own, a tool that hangs stays there after we went away. */
    synchronized void noteMissingLimit() {
        if (!tools.has("timeout")) {
            unread.add(new Unread(
                    "timeout",
                    "it is not on this host: a tool that hangs goes on hanging there after this look",
                    null));
        }
    }

    synchronized boolean noList() {
        unread.add(new Unread(
                "the list of domains",
                "neither xl nor list_domains is on this host: is it a Xen host, and is this user root?",
                null));
        return false;
    }

    /**
     * Takes an answer to the question for all domains. One of which nothing can be used has failed, whatever its exit status: a
     * host that runs Xen has at least dom0.
     *
     * @return whether it was a sample
     */
    synchronized boolean domains(ToolAnswer answer) {
        boolean xapi = tools.toolstack() == Toolstack.XAPI;
        String tool = xapi ? "list_domains -all" : "xl list -v";
        if (list.how() == How.NOT_ASKED
                || answer.answer().how() != How.ANSWERED
                || list.took().compareTo(answer.took()) < 0) {
            list = answer.answer();
        }
        if (!succeeded(answer, tool) || !(answer instanceof ToolAnswer.Said said)) {
            return false;
        }
        return switch (ClockedOutput.split(said.stdout())) {
            case Reading.Unreadable<ClockedOutput>(Unparseable why) -> {
                unread.add(ToolAnswer.unread(why));
                yield failed(answer);
            }
            case Reading.Read<ClockedOutput>(ClockedOutput clocked) -> {
                Sample sample = xapi
                        ? sample(clocked, ListDomains.parse(clocked.rest()), DomainSample::of, tool, answer.took())
                        : sample(clocked, XlList.parse(clocked.rest()), DomainSample::of, tool, answer.took());
                sample.unparseable().forEach(u -> unread.add(ToolAnswer.unread(u)));
                if (sample.domains().isEmpty()) {
                    unread.add(new Unread(tool, "it listed no domain, not even dom0", null));
                    yield failed(answer);
                }
                yield samples.add(sample);
            }
        };
    }

    private boolean failed(ToolAnswer answer) {
        list = new Answer(How.FAILED, answer.took());
        return false;
    }

    private static <T> Sample sample(
            ClockedOutput clocked,
            Table<T> table,
            Function<T, @Nullable DomainSample> reduce,
            String tool,
            Duration took) {
        List<DomainSample> domains = new ArrayList<>();
        List<Unparseable> unparseable = new ArrayList<>(table.unparseable());
        for (T row : table.rows()) {
            DomainSample domain = reduce.apply(row);
            if (domain == null) {
                unparseable.add(
                        Unparseable.of(tool, 0, "a row without the columns that were asked for", row.toString()));
            } else {
                domains.add(domain);
            }
        }
        return new Sample(time(clocked.clock()), clocked.clock().load1(), domains, unparseable, took);
    }

    synchronized void info(ToolAnswer answer) {
        if (succeeded(answer, "xl info") && answer instanceof ToolAnswer.Said said) {
            switch (XlInfo.parse(said.stdout())) {
                case Reading.Read<XlInfo>(XlInfo value) -> info = value;
                case Reading.Unreadable<XlInfo>(Unparseable why) -> unread.add(ToolAnswer.unread(why));
            }
        }
    }

    /** @return whether xenstored answered */
    synchronized boolean xenstore(ToolAnswer answer) {
        xenstore = answer.answer();
        return succeeded(answer, "xenstore-list");
    }

    /**
     * @param last whether it will not be tried again; only then a failure is noted, because a node that goes away while the
     *     tree is listed makes the tool fail
     * @return whether the tree was read
     */
    synchronized boolean tree(ToolAnswer answer, boolean last) {
        boolean ended = answer.answer().how() == How.ANSWERED;
        if (!ended || !(answer instanceof ToolAnswer.Said said)) {
            if (last) {
                succeeded(answer, "xenstore-ls");
            }
            return false;
        }
        switch (ClockedOutput.split(said.stdout())) {
            case Reading.Unreadable<ClockedOutput>(Unparseable why) -> note(why, last);
            case Reading.Read<ClockedOutput>(ClockedOutput clocked) -> {
                switch (XenstoreLs.parse(clocked.rest())) {
                    case Reading.Unreadable<XenstoreTree>(Unparseable why) -> note(why, last);
                    case Reading.Read<XenstoreTree>(XenstoreTree tree) -> {
                        add(new Store(time(clocked.clock()), tree));
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void note(Unparseable why, boolean really) {
        if (really) {
            unread.add(ToolAnswer.unread(why));
        }
    }

    private void add(Store store) {
        stores.add(store);
        unpaired = store;
    }

    /** The nodes to read again, of domains that live; empty where the tree could not be read. */
    synchronized List<String> changingNodes() {
        return stores.isEmpty() ? List.of() : stores.getFirst().changing(livingDomids());
    }

    /**
     * Takes the values of these nodes.
     *
     * @param gone nodes that are known to be missing now
     * @return the node on which the tool stopped, if it did; then nothing was taken
     */
    synchronized Optional<String> nodes(ToolAnswer answer, List<String> paths, Set<String> gone) {
        if (answer instanceof ToolAnswer.Said said && said.exitStatus() != 0) {
            Optional<String> missing = paths.stream()
                    .filter(path -> said.stderr().strip().endsWith(" " + path))
                    .findFirst();
            if (missing.isPresent()) {
                return missing;
            }
        }
        if (!succeeded(answer, "xenstore-read") || !(answer instanceof ToolAnswer.Said said)) {
            return Optional.empty();
        }
        switch (ClockedOutput.split(said.stdout())) {
            case Reading.Unreadable<ClockedOutput>(Unparseable why) -> unread.add(ToolAnswer.unread(why));
            case Reading.Read<ClockedOutput>(ClockedOutput clocked) -> {
                switch (XenstoreLs.values(clocked.rest(), paths.size())) {
                    case Reading.Unreadable<List<String>>(Unparseable why) -> unread.add(ToolAnswer.unread(why));
                    case Reading.Read<List<String>>(List<String> values) -> {
                        Map<String, String> read = new HashMap<>();
                        for (int i = 0; i < paths.size(); i++) {
                            read.put(paths.get(i), values.get(i));
                        }
                        add(stores.getLast().later(time(clocked.clock()), read, gone));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Takes dom0's processes, and pairs them with the reading of xenstore just before: each reading with one table only. */
    synchronized void processes(ToolAnswer answer) {
        Store before = unpaired;
        unpaired = null;
        if (succeeded(answer, "ps") && answer instanceof ToolAnswer.Said said) {
            Table<ProcessRow> table = Ps.parse(said.stdout());
            table.unparseable().forEach(u -> unread.add(ToolAnswer.unread(u)));
            if (table.complete()) {
                processes = table.rows();
                if (before != null) {
                    rounds.add(new Gathered.Round(before, processes));
                }
            }
        }
    }

    /** A domain that ended in between makes the tool fail for that one; the lines that came are good. */
    synchronized void grants(ToolAnswer answer) {
        if (answer instanceof ToolAnswer.Said said) {
            Table<GrantRow> table = GrantQuery.parse(said.stdout());
            table.unparseable().forEach(u -> unread.add(ToolAnswer.unread(u)));
            table.rows().forEach(row -> grants.put(row.domid(), row));
        }
        if (grants.isEmpty()) {
            succeeded(answer, "xen-diag gnttab_query_size");
        }
        long skipped = samples.getLast().domains().size() - 1L - MOST_GRANT_QUERIES;
        if (skipped > 0) {
            unread.add(new Unread(
                    "xen-diag gnttab_query_size",
                    "asked for " + MOST_GRANT_QUERIES + " domains only, to spare dom0 a process for each of " + skipped
                            + " more",
                    null));
        }
    }

    synchronized void records(ToolAnswer uuids, ToolAnswer answer) {
        boolean usable = succeeded(uuids, "xe vm-list --minimal") && succeeded(answer, "xe vm-list");
        if (usable && uuids instanceof ToolAnswer.Said ids && answer instanceof ToolAnswer.Said said) {
            switch (XeMinimal.uuids(ids.stdout())) {
                case Reading.Unreadable<Set<UUID>>(Unparseable why) -> unread.add(ToolAnswer.unread(why));
                case Reading.Read<Set<UUID>>(Set<UUID> trusted) -> {
                    Table<XeVm> table = XeVm.parse(said.stdout(), trusted);
                    table.unparseable().forEach(u -> unread.add(ToolAnswer.unread(u)));
                    table.rows().forEach(vm -> records.put(vm.uuid(), vm));
                }
            }
        }
    }

    /** Processes of xl whose log file tells which domain they wait for. */
    synchronized List<Integer> makers() {
        return processes.stream()
                .filter(Processes::makesDomains)
                .map(ProcessRow::pid)
                .toList();
    }

    synchronized boolean someStopped() {
        return !samples.isEmpty()
                && samples.getLast().domains().stream()
                        .anyMatch(d -> d.state().shutdown() && !d.state().dying());
    }

    /** Takes {@code ls -l /proc/PID/fd/1} of these processes; one that is not told leaves the whole unknown. */
    synchronized void logs(ToolAnswer answer, List<Integer> pids) {
        if (answer instanceof ToolAnswer.Said said) {
            reapedOnlyFor(XlLogs.domains(said.stdout(), pids));
        }
    }

    /** No process of xl waits for any domain. */
    synchronized void noMakers() {
        reapedOnlyFor(Set.of());
    }

    /** Beside another toolstack over libxl it is never known that nobody waits for a domain. */
    private void reapedOnlyFor(@Nullable Set<String> names) {
        reapers = processes.stream().anyMatch(Processes::reapsForOthers) ? null : names;
    }

    synchronized void inventory(ToolAnswer answer) {
        if (succeeded(answer, "/etc/xensource-inventory") && answer instanceof ToolAnswer.Said said) {
            switch (XenInventory.parse(said.stdout())) {
                case Reading.Read<XenInventory>(XenInventory inventory) -> hostUuid = inventory.host();
                case Reading.Unreadable<XenInventory>(Unparseable why) -> unread.add(ToolAnswer.unread(why));
            }
        }
    }

    /** Where the connection went away under the look: how. */
    synchronized Optional<String> lost() {
        return Optional.ofNullable(lost);
    }

    private boolean succeeded(ToolAnswer answer, String tool) {
        if (answer instanceof ToolAnswer.Silent silent) {
            lost = silent.why();
        }
        answer.complaint(tool).ifPresent(unread::add);
        return answer.answer().how() == How.ANSWERED;
    }

    private static HostTime time(HostClock clock) {
        return new HostTime(clock.bootId(), clock.uptime());
    }
}
