package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.Domain;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.RunState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The smaller tables of xl: {@code vcpu-list}, {@code uptime}, {@code sched-credit2}, {@code domid}, {@code domname}. */
final class XlTables {
    private XlTables() {}

    static int vcpuList(ToolCall call, List<String> args) {
        Optional<List<Domain>> domains = selected(call, args);
        if (domains.isEmpty()) {
            return Xl.FAILED;
        }
        call.out(
                "%-32s %5s %5s %5s %5s %9s %s\n",
                "Name", "ID", "VCPU", "CPU", "State", "Time(s)", "Affinity (Hard / Soft)");
        for (Domain domain : domains.get()) {
            RunState run = domain.runState(call.host().now());
            for (int vcpu = 0; vcpu < domain.vcpus(); vcpu++) {
                call.out(Cells.left(Xl.shownName(call.host(), domain), 32));
                call.out(
                        " %5d %5d%5d %3s%s- %9s  all / all\n",
                        domain.domid(),
                        vcpu,
                        (domain.domid() + vcpu + 1) % call.host().facts().cpus(),
                        run == RunState.RUNNING ? "r" : "-",
                        run == RunState.BLOCKED ? "b" : "-",
                        Cells.seconds(domain.vcpuNanos(vcpu)));
            }
        }
        return 0;
    }

    private static Optional<List<Domain>> selected(ToolCall call, List<String> args) {
        if (args.isEmpty()) {
            return Optional.of(call.host().domains());
        }
        Optional<Integer> domid = Xl.find(call, args.getFirst());
        return domid.map(id -> call.host().domain(id).map(List::of).orElse(List.of()));
    }

    static int uptime(ToolCall call, List<String> args) {
        Optional<List<Domain>> domains = selected(call, args);
        if (domains.isEmpty()) {
            return Xl.FAILED;
        }
        call.out("%-33s %4s %s\n", "Name", "ID", "Uptime");
        for (Domain domain : domains.get()) {
            Optional<Duration> uptime = uptime(call.host(), domain);
            if (uptime.isPresent()) {
                call.out(Cells.left(Xl.shownName(call.host(), domain), 33));
                call.out(" %4d %s\n", domain.domid(), shown(uptime.get()));
            } else {
                call.err(
                        "libxl: error: libxl_domain.c:2231:libxl_vm_get_start_time: Domain %d:Can't get start time of"
                                + " domain\n",
                        domain.domid());
            }
        }
        return 0;
    }

    private static Optional<Duration> uptime(HostModel host, Domain domain) {
        if (domain.domid() == 0) {
            return Optional.of(host.uptime());
        }
        String vm = host.xenstore().read("/local/domain/" + domain.domid() + "/vm");
        String started = vm == null ? null : host.xenstore().read(vm + "/start_time");
        return Optional.ofNullable(started)
                .map(text -> Duration.between(
                        Instant.ofEpochSecond(new BigDecimal(text).longValue()),
                        Instant.ofEpochSecond(host.now().getEpochSecond())));
    }

    private static String shown(Duration uptime) {
        String time = String.format(
                Locale.ROOT, "%2d:%02d:%02d", uptime.toHoursPart(), uptime.toMinutesPart(), uptime.toSecondsPart());
        long days = uptime.toDays();
        return days > 1 ? days + " days, " + time : days == 1 ? "1 day, " + time : time;
    }

    static int credit2(ToolCall call) {
        call.out("Cpupool Pool-0: ratelimit=1000us\n");
        call.out("%-33s %4s %6s %4s\n", "Name", "ID", "Weight", "Cap");
        call.host().domains().forEach(domain -> {
            call.out(Cells.left(Xl.shownName(call.host(), domain), 33));
            call.out(" %4d %6d %4d\n", domain.domid(), 256, 0);
        });
        return 0;
    }

    static int domid(ToolCall call, List<String> args) {
        if (args.isEmpty()) {
            Xl.usage(call, "domid");
            return Xl.USAGE;
        }
        Optional<Domain> domain = call.host().lifecycle().byName(args.getFirst());
        if (domain.isEmpty()) {
            call.err("Can't get domid of domain name '%s', maybe this domain does not exist.\n", args.getFirst());
            return Xl.FAILED;
        }
        call.out(domain.get().domid() + "\n");
        return 0;
    }

    static int domname(ToolCall call, List<String> args) {
        if (args.isEmpty()) {
            Xl.usage(call, "domname");
            return Xl.USAGE;
        }
        String word = args.getFirst();
        if (!word.matches("\\d{1,5}")) {
            call.err("Invalid domain id.\n\n");
            return Xl.FAILED;
        }
        String name = call.host().xenstore().read("/local/domain/" + word + "/name");
        if (name == null) {
            call.err("Can't get domain name of domain id '%s', maybe this domain does not exist.\n", word);
            return Xl.FAILED;
        }
        call.out(name + "\n");
        return 0;
    }
}
