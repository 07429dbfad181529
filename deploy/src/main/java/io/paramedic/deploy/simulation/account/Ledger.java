package io.paramedic.deploy.simulation.account;

import io.paramedic.deploy.simulation.hosts.HostRecord;
import io.paramedic.deploy.simulation.hosts.SimpleLine;
import io.paramedic.deploy.simulation.model.Life;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The deeds on several hosts, and whom they concern. A word that could mean a VM is taken to mean it. */
public final class Ledger {
    private static final Pattern UUIDS =
            Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);
    private static final Pattern DOMID = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern NODE = Pattern.compile("/(?:local/domain|libxl)/([1-9][0-9]{0,4})(?:/.*)?");
    private static final Pattern EFFECT_ON_DOMAIN = Pattern.compile("\\bdomain ([1-9][0-9]{0,4})\\b");

    private final List<HostAccount> hosts;
    private final ReadOnlyCommands readOnly;
    private final Map<String, Set<UUID>> byName = new HashMap<>();
    private final Set<UUID> known = new HashSet<>();

    public Ledger(List<HostAccount> hosts, ReadOnlyCommands readOnly) {
        this.hosts = List.copyOf(hosts);
        this.readOnly = readOnly;
        for (HostAccount host : hosts) {
            for (Life life : host.lives()) {
                known.add(life.vm());
                byName.computeIfAbsent(life.name(), _ -> new HashSet<>()).add(life.vm());
            }
        }
    }

    /** Every command outside the list, in the order of the hosts and of their starts. */
    public List<Deed> deeds() {
        return hosts.stream()
                .flatMap(host -> host.entries().stream()
                        .filter(entry -> outside(host, entry))
                        .map(entry -> deed(host, entry)))
                .toList();
    }

    /**
     * A line is judged by the programs that it ran as well as by its own text, because a program that is not there, or that is
     * this machine's, leaves no entry of its own.
     */
    private boolean outside(HostAccount host, HostRecord.Entry entry) {
        return switch (entry.kind()) {
            case PROGRAM -> !readOnly.contains(entry.words());
            case LINE -> !readOnly.containsLine(entry.command()) && !recordedOtherwise(host, entry);
        };
    }

    /** Whether each step of a plain line that is outside the list has an entry of its own, and so is counted there. */
    private boolean recordedOtherwise(HostAccount host, HostRecord.Entry line) {
        Set<List<String>> ran = new HashSet<>();
        host.entries().stream()
                .filter(entry -> entry.kind() == HostRecord.Kind.PROGRAM && entry.within() == line.number())
                .forEach(entry -> ran.add(entry.words()));
        return SimpleLine.parse(line.command())
                .map(simple -> simple.steps().stream()
                        .map(SimpleLine.Step::words)
                        .allMatch(words -> readOnly.contains(words) || ran.contains(words)))
                .orElse(false);
    }

    private Deed deed(HostAccount host, HostRecord.Entry entry) {
        List<String> words = entry.kind() == HostRecord.Kind.PROGRAM
                ? ReadOnlyCommands.unlimited(entry.words())
                : Stream.of(entry.command().split("[\\s;&|()<>'\"]+")).toList();
        Set<UUID> vms = new HashSet<>();
        List<Integer> domids = new ArrayList<>();
        for (String word : words) {
            collect(host, word, vms, domids);
        }
        for (String effect : entry.effects()) {
            Matcher domain = EFFECT_ON_DOMAIN.matcher(effect);
            while (domain.find()) {
                domids.add(Integer.parseInt(domain.group(1)));
            }
            Stream.of(effect.split("[ ()]+")).forEach(word -> collectNames(word, vms));
        }
        Set<Life> lives = new HashSet<>();
        Instant by = entry.ended() == null ? Instant.MAX : entry.ended();
        domids.forEach(domid -> host.lives().stream()
                .filter(life -> life.domid() == domid && !life.created().isAfter(by))
                .max(Comparator.comparing(Life::created))
                .ifPresent(lives::add));
        lives.forEach(life -> vms.add(life.vm()));
        return new Deed(host.host(), entry, vms, lives);
    }

    private void collect(HostAccount host, String word, Set<UUID> vms, List<Integer> domids) {
        Matcher node = NODE.matcher(word);
        if (DOMID.matcher(word).matches()) {
            domids.add(Integer.parseInt(word));
        } else if (node.matches()) {
            domids.add(Integer.parseInt(node.group(1)));
        }
        UUID configured = host.configs().get(word);
        if (configured != null) {
            vms.add(configured);
        }
        collectNames(word, vms);
    }

    private void collectNames(String word, Set<UUID> vms) {
        Matcher uuids = UUIDS.matcher(word);
        while (uuids.find()) {
            UUID uuid = UUID.fromString(uuids.group());
            if (known.contains(uuid)) {
                vms.add(uuid);
            }
        }
        vms.addAll(byName.getOrDefault(word.substring(word.indexOf('=') + 1), Set.of()));
    }

    /**
     * How many acts were superfluous because an earlier one had the same effect on the same incarnation; for starts, on the
     * same VM since its last incarnation ended by itself or was ended.
     */
    public static long duplicates(List<Deed> deeds) {
        Map<String, Integer> seen = new HashMap<>();
        for (Deed deed : deeds) {
            Set<String> kinds = new HashSet<>();
            deed.entry().effects().forEach(effect -> kinds.addAll(kinds(deed, effect)));
            kinds.forEach(kind -> seen.merge(kind, 1, Integer::sum));
        }
        return seen.values().stream().mapToLong(count -> count - 1L).sum();
    }

    /** What an effect comes to, with whom it befell. */
    private static Set<String> kinds(Deed deed, String effect) {
        String whom = deed.host() + " " + effect.replaceFirst("(?s)^.*?(domain [0-9]+).*$", "$1") + " ";
        String vms = deed.vms().stream().sorted().toList() + " ";
        if (effect.startsWith("created domain")) {
            return Set.of(vms + "started");
        }
        if (effect.startsWith("hard_reboot of")) {
            return Set.of(whom + "ended", vms + "started");
        }
        if (effect.startsWith("began to destroy") || effect.startsWith("hard_shutdown of")) {
            return Set.of(whom + "ended");
        }
        if (effect.startsWith("destroyed domain") || effect.endsWith("is now a zombie")) {
            return Set.of();
        }
        return Set.of(deed.host() + " " + effect);
    }
}
