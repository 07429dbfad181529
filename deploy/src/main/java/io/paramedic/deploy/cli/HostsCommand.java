package io.paramedic.deploy.cli;

import io.paramedic.collector.access.HostAddress;
import io.paramedic.deploy.operator.Orders;
import io.paramedic.deploy.operator.Situation;
import io.paramedic.deploy.screen.Columns;
import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code paramedic host}: which hosts Paramedic looks after. */
@Command(
        name = "host",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {"Adds, lists and removes the hosts that Paramedic looks after.", ""},
        subcommands = {
            HostsCommand.Add.class,
            HostsCommand.ListHosts.class,
            HostsCommand.Remove.class,
            AdoptCommand.class
        })
final class HostsCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public ExitCode run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** {@code paramedic host add}. */
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = {
                "Puts hosts under Paramedic's care. They are looked at from then on; nothing is done to them unless"
                        + " the pool's policy says act and the host was adopted ('host adopt').",
                ""
            })
    static final class Add implements Subcommand {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli before run
        private CommandSpec spec;

        @Mixin
        private LogOptions log = new LogOptions();

        @Mixin
        private ByOption by = new ByOption();

        @Parameters(
                arity = "1..*",
                paramLabel = "NAME=ADDRESS",
                description =
                        "A host's name and how to reach it, for example xen-a=root@10.0.0.7; the address alone is its"
                                + " name too.")
        private List<String> hosts = new ArrayList<>();

        @Option(
                names = "--in",
                required = true,
                paramLabel = "POOL",
                description = "The pool: hosts that share storage or VMs belong to one pool.")
        @SuppressWarnings("NullAway.Init") // required by picocli
        private String pool;

        @Option(
                names = "--label",
                paramLabel = "KEY=VALUE",
                description = "A word of your own; incidents are grouped by it.")
        private Map<String, String> labels = new LinkedHashMap<>();

        @Option(names = "--sudo", description = "The user is not root and runs the tools by 'sudo -n'.")
        private boolean sudo;

        @Option(
                names = "--host-key",
                paramLabel = "KEY",
                description = "A key that the host may show, as in known_hosts without the host ('ssh-ed25519 AAAA…')."
                        + " Without one, the known_hosts of the machine that looks decides.")
        private List<String> hostKeys = new ArrayList<>();

        @Override
        public ExitCode run() throws Exception {
            List<HostRecord> records = records();
            return log.with(spec, open -> {
                Map<String, HostRecord> known = Situation.inventory(open.log());
                try (Orders orders = new Orders(open.log(), by.name())) {
                    for (HostRecord record : records) {
                        HostRecord before = known.get(record.host());
                        if (before != null && !before.pool().equals(record.pool())) {
                            spec.commandLine()
                                    .getErr()
                                    .println("paramedic: " + Paint.plain(record.host()) + " is in pool "
                                            + Paint.plain(before.pool())
                                            + "; names of hosts are unique. Remove it there first: ./paramedic host"
                                            + " remove "
                                            + Paint.plain(record.host()));
                            return ExitCode.NOT_DONE;
                        }
                        orders.list(record);
                        spec.commandLine()
                                .getOut()
                                .println(Paint.plain(record.host()) + (before == null ? " added to" : " changed in")
                                        + " pool " + Paint.plain(record.pool()) + ".");
                    }
                }
                return ExitCode.OK;
            });
        }

        private List<HostRecord> records() {
            List<HostRecord> records = new ArrayList<>();
            List<String> problems = new ArrayList<>();
            for (String host : hosts) {
                int equals = host.indexOf('=');
                String address = host.substring(equals + 1);
                try {
                    access(address, problems)
                            .ifPresent(access -> records.add(new HostRecord(
                                    equals < 0 ? name(address) : host.substring(0, equals),
                                    pool,
                                    access,
                                    labels,
                                    List.of())));
                } catch (IllegalArgumentException bad) {
                    problems.add(host + ": " + bad.getMessage());
                }
            }
            if (!problems.isEmpty()) {
                throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), problems));
            }
            return records;
        }

        private Optional<Access> access(String address, List<String> problems) {
            return switch (HostAddress.parse(address)) {
                case HostAddress.Local _ -> Optional.of(new Access.Local(sudo));
                case HostAddress.Malformed malformed -> {
                    problems.addAll(malformed.problems());
                    yield Optional.empty();
                }
                case HostAddress.Ssh(Optional<String> user, String host, OptionalInt port) ->
                    Optional.of(new Access.Ssh(
                            host, port.orElse(22), user.orElse("root"), sudo, hostKeys, null, null, false));
            };
        }

        private static String name(String address) {
            return HostAddress.parse(address) instanceof HostAddress.Ssh ssh ? ssh.host() : address;
        }
    }

    /** {@code paramedic host list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {"Lists the hosts of the inventory.", ""})
    static final class ListHosts implements Subcommand {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli before run
        private CommandSpec spec;

        @Mixin
        private LogOptions log = new LogOptions();

        @Option(names = "--json", description = "Print one JSON object per host and line, as on the topic.")
        private boolean json;

        @Override
        public ExitCode run() throws Exception {
            return log.with(spec, open -> {
                PrintWriter out = spec.commandLine().getOut();
                List<HostRecord> hosts = Situation.read(open.log()).inventory();
                if (json) {
                    hosts.forEach(
                            host -> out.println(new String(Contract.INVENTORY.encode(host), StandardCharsets.UTF_8)));
                } else if (hosts.isEmpty()) {
                    out.println("No hosts yet. Add one: ./paramedic host add xen-a=root@10.0.0.7 --in north");
                } else {
                    Columns columns = new Columns(List.of(false, false, false, true, false));
                    columns.add(List.of("POOL", "HOST", "ACCESS", "PROBES", "LABELS"));
                    hosts.forEach(host -> columns.add(row(host)));
                    columns.lines().forEach(out::println);
                }
                out.flush();
                return ExitCode.OK;
            });
        }

        private static List<String> row(HostRecord host) {
            String access = switch (host.access()) {
                case Access.Local _ -> "local";
                case Access.Ssh ssh -> ssh.user() + "@" + ssh.address() + ":" + ssh.port();
            };
            return List.of(
                    Paint.plain(host.pool()),
                    Paint.plain(host.host()),
                    Paint.plain(access) + (host.access().sudo() ? " (sudo)" : ""),
                    Integer.toString(host.probes().size()),
                    Paint.plain(host.labels().toString().replaceAll("[{}]", "")));
        }
    }

    /** {@code paramedic host remove}. */
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = {"Takes hosts out of Paramedic's care. Nothing on them changes.", ""})
    static final class Remove implements Subcommand {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli before run
        private CommandSpec spec;

        @Mixin
        private LogOptions log = new LogOptions();

        @Mixin
        private ByOption by = new ByOption();

        @Parameters(arity = "1..*", paramLabel = "HOST", description = "Names of the inventory.")
        private List<String> hosts = new ArrayList<>();

        @Override
        public ExitCode run() throws Exception {
            return log.with(spec, open -> {
                Map<String, HostRecord> known = Situation.inventory(open.log());
                List<String> unknown =
                        hosts.stream().filter(host -> !known.containsKey(host)).toList();
                if (!unknown.isEmpty()) {
                    spec.commandLine()
                            .getErr()
                            .println("paramedic: not in the inventory: " + Paint.plain(String.join(", ", unknown))
                                    + ". Nothing was removed; './paramedic host list' shows what there is.");
                    return ExitCode.NOT_DONE;
                }
                try (Orders orders = new Orders(open.log(), by.name())) {
                    for (String host : hosts) {
                        HostRecord record = known.get(host);
                        if (record != null) {
                            orders.unlist(record);
                            spec.commandLine()
                                    .getOut()
                                    .println(Paint.plain(host)
                                            + " removed. Take it out of the configuration too, or the next"
                                            + " 'up' adds it again.");
                        }
                    }
                }
                return ExitCode.OK;
            });
        }
    }
}
