package io.paramedic.deploy.operator;

import io.paramedic.deploy.screen.Columns;
import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.overview.HostOverview.DomainLine;
import io.paramedic.schemas.overview.HostOverview.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The page of {@code paramedic status}: pools, hosts, how many VMs can be told hung from idle, and what is open. */
public final class StatusPage {
    private static final int SHOWN = 20;
    private static final int TWO_WITNESSES = 2;

    private final Paint paint;

    public StatusPage(Paint paint) {
        this.paint = paint;
    }

    public List<String> of(Situation situation) {
        List<String> lines = new ArrayList<>();
        Set<String> pools = new TreeSet<>();
        situation.inventory().forEach(host -> pools.add(host.pool()));
        situation.hosts().forEach(host -> pools.add(host.pool()));
        if (pools.isEmpty()) {
            lines.add("No hosts yet. Add one: ./paramedic host add xen-a=root@10.0.0.7 --pool north");
            return lines;
        }
        for (String pool : pools) {
            pool(pool, situation.inPool(pool), lines);
            lines.add("");
        }
        lines.removeLast();
        return lines;
    }

    private void pool(String pool, Situation situation, List<String> lines) {
        lines.add(paint.bold("pool " + Paint.plain(pool)) + standing(situation));
        Columns columns = new Columns(List.of(false, false, false, true, true, true, false));
        columns.add(List.of("  HOST", "STANDING", "TOOLSTACK", "VMS", "WITNESSED", "OPEN", ""));
        for (HostRecord host : situation.inventory()) {
            columns.add(row(host.host(), overview(situation, host.host()), situation));
        }
        for (HostOverview host : situation.hosts()) {
            if (situation.inventory().stream().noneMatch(known -> known.host().equals(host.host()))) {
                columns.add(row(host.host(), Optional.of(host), situation));
            }
        }
        lines.addAll(columns.lines());
        unwitnessed(situation, lines);
        open(situation, lines);
    }

    private static String standing(Situation situation) {
        if (situation.hosts().isEmpty()) {
            return ": no analyzer has written about it yet";
        }
        HostOverview newest = situation.hosts().stream()
                .max((a, b) -> a.changed().compareTo(b.changed()))
                .orElseThrow();
        String mode = newest.mode().name().toLowerCase(Locale.ROOT);
        return ", mode " + mode + (newest.live() ? "" : ", the analyzer is behind the log and decides nothing");
    }

    private static Optional<HostOverview> overview(Situation situation, String host) {
        return situation.hosts().stream().filter(one -> one.host().equals(host)).findAny();
    }

    private static List<String> row(String host, Optional<HostOverview> seen, Situation situation) {
        if (seen.isEmpty()) {
            return List.of("  " + Paint.plain(host), "awaited", "-", "-", "-", "-", "no collector has reported it yet");
        }
        HostOverview overview = seen.get();
        List<DomainLine> vms = vms(overview);
        long witnessed = vms.stream().filter(StatusPage::isWitnessed).count();
        long open = situation.open().stream()
                .filter(incident -> isOn(incident, host))
                .count();
        String remark = overview.standing() == Standing.TRUSTED ? "" : Paint.plain(overview.sentence());
        String holds = Paint.plain(String.join("; ", overview.holds()));
        return List.of(
                "  " + Paint.plain(host),
                overview.standing().name().toLowerCase(Locale.ROOT),
                overview.toolstack() == null ? "-" : overview.toolstack().name().toLowerCase(Locale.ROOT),
                Integer.toString(vms.size() + overview.omitted()),
                witnessed + " of " + vms.size(),
                Long.toString(open),
                Stream.of(remark, holds)
                        .filter(text -> !text.isEmpty())
                        .reduce("", (a, b) -> a.isEmpty() ? b : a + "; " + b));
    }

    private static boolean isOn(Incident incident, String host) {
        return switch (incident.subject()) {
            case io.paramedic.schemas.incident.Subject.Domain one ->
                one.incarnation().host().equals(host);
            case io.paramedic.schemas.incident.Subject.Vm one ->
                one.incarnations().stream()
                        .anyMatch(incarnation -> incarnation.host().equals(host));
            case io.paramedic.schemas.incident.Subject.Host one -> one.host().equals(host);
            case io.paramedic.schemas.incident.Subject.CommonCause cause ->
                cause.hosts().contains(host);
        };
    }

    private static List<DomainLine> vms(HostOverview host) {
        return host.domains().stream().filter(domain -> domain.domid() != 0).toList();
    }

    private static boolean isWitnessed(DomainLine domain) {
        return domain.witnesses().size() >= TWO_WITNESSES;
    }

    private void unwitnessed(Situation situation, List<String> lines) {
        Columns columns = new Columns(List.of(false, false, false));
        int all = 0;
        for (HostOverview host : situation.hosts()) {
            for (DomainLine domain : vms(host)) {
                if (!isWitnessed(domain)) {
                    all++;
                    if (all <= SHOWN) {
                        columns.add(List.of(
                                "    " + Paint.plain(host.host()),
                                name(domain),
                                domain.witnesses().isEmpty()
                                        ? "no witness"
                                        : "only " + String.join(", ", domain.witnesses())));
                    }
                }
            }
        }
        if (all > 0) {
            lines.add("  " + all + (all == 1 ? " VM has" : " VMs have")
                    + " not two independent witnesses: a hang there cannot be told from idling. Configure a probe.");
            lines.addAll(columns.lines());
            if (all > SHOWN) {
                lines.add("    and " + (all - SHOWN) + " more; --json lists all");
            }
        }
    }

    static String name(DomainLine domain) {
        String name = domain.name();
        return name != null
                ? Paint.plain(name)
                : Phrases.vmOr(domain.vm(), domain.handle().toString());
    }

    private void open(Situation situation, List<String> lines) {
        List<Incident> open = situation.open();
        lines.add(open.isEmpty() ? "  No open incident." : "  Open incidents (explain one: ./paramedic explain ID):");
        lines.addAll(new IncidentsPage(paint, VmNames.of(situation.hosts())).rows(open, "    "));
    }
}
