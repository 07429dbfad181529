package io.paramedic.deploy.demo;

import io.paramedic.deploy.simulation.account.HostAccount;
import io.paramedic.deploy.simulation.hosts.HostRecord;
import io.paramedic.deploy.simulation.model.Life;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.command.Target;
import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.journal.Chain;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.overview.HostOverview.DomainLine;
import io.paramedic.schemas.overview.HostOverview.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A made-up run of a story: hosts' records, incidents and journal, as tests want them. */
final class Made {
    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    static final UUID BOOT = UUID.fromString("99999999-9999-4999-8999-999999999999");

    final Story story;
    final List<Injected> faults = new ArrayList<>();
    final LogBook book = new LogBook();
    private final Map<String, List<HostRecord.Entry>> entries = new HashMap<>();
    private final Map<String, List<Life>> lives = new HashMap<>();
    private final Set<UUID> answering = new HashSet<>();
    private long journal;

    Made(long seed) {
        story = Story.of(seed);
        int domid = 1;
        for (Story.Guest guest : story.guests()) {
            lives(guest)
                    .add(new Life(
                            guest.vm(),
                            guest.name(),
                            BOOT,
                            domid++,
                            START.minusSeconds(9000),
                            START.minusSeconds(8990)));
            answering.add(guest.vm());
        }
    }

    static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }

    Story.Guest guest(Fault fault) {
        return story.guests().stream()
                .filter(guest -> guest.fault() == fault)
                .findFirst()
                .orElseThrow();
    }

    Story.Guest guest(Trap trap) {
        return story.guests().stream()
                .filter(guest -> guest.trap() == trap)
                .findFirst()
                .orElseThrow();
    }

    int domid(Story.Guest guest) {
        return lives(guest).stream()
                .filter(life -> life.vm().equals(guest.vm()))
                .toList()
                .getLast()
                .domid();
    }

    private List<Life> lives(Story.Guest guest) {
        return lives.computeIfAbsent(guest.host(), _ -> new ArrayList<>());
    }

    /** Lets every fault befall its guest at second 10. */
    Made allFaults() {
        for (Fault fault : Fault.values()) {
            inject(fault, 10);
        }
        return this;
    }

    Injected inject(Fault fault, double second) {
        Story.Guest guest = guest(fault);
        answering.remove(guest.vm());
        Injected injected = new Injected(
                fault,
                pool(guest),
                guest.host(),
                guest.vm(),
                guest.name(),
                domid(guest),
                at(second),
                fault == Fault.ZOMBIE ? new Injected.Holder(812, "qrexec-daemon " + domid(guest) + " x user") : null);
        faults.add(injected);
        return injected;
    }

    String pool(Story.Guest guest) {
        return story.hosts().stream()
                .filter(host -> host.name().equals(guest.host()))
                .findFirst()
                .orElseThrow()
                .pool();
    }

    /** Recovers a guest by destroying its incarnation and starting another one, which answers two seconds later. */
    Made recover(Fault fault, double second) {
        Story.Guest guest = guest(fault);
        int before = domid(guest);
        ran(
                guest.host(),
                second,
                "xl destroy " + before,
                "began to destroy domain %d (%s)".formatted(before, guest.name()));
        return startAgain(fault, second + 1);
    }

    Made startAgain(Fault fault, double second) {
        Story.Guest guest = guest(fault);
        int after = 100 + domid(guest);
        lives(guest).add(new Life(guest.vm(), guest.name(), BOOT, after, at(second + 0.5), at(second + 2.5)));
        answering.add(guest.vm());
        return ran(
                guest.host(),
                second,
                "xl create /etc/xen/" + guest.name() + ".cfg",
                "created domain %d (%s)".formatted(after, guest.name()));
    }

    Made ran(String host, double second, String command, String... effects) {
        List<HostRecord.Entry> here = entries.computeIfAbsent(host, _ -> new ArrayList<>());
        here.add(new HostRecord.Entry(
                here.size() + 1L,
                HostRecord.Kind.PROGRAM,
                0,
                "root",
                List.of(command.split(" ")),
                at(second),
                at(second + 0.6),
                0,
                List.of(effects)));
        return this;
    }

    /** Paramedic calls a fault by its name at that second. */
    Made called(Fault fault, double second, Phase phase, String... evidence) {
        book.incident(incident(fault, fault.verdict(), phase, second, List.of(), evidence));
        return this;
    }

    Incident incident(
            Fault fault,
            Verdict verdict,
            Phase phase,
            double second,
            List<Incident.Attempt> attempts,
            String... evidence) {
        Story.Guest guest = guest(fault);
        Injected injected =
                faults.stream().filter(one -> one.fault() == fault).findFirst().orElseThrow();
        return new Incident(
                pool(guest),
                "incident-" + fault.ordinal(),
                new Subject.Domain(
                        new Incarnation(guest.host(), BOOT, injected.domid(), guest.vm()), new VmId.ByUuid(guest.vm())),
                phase,
                Mode.ACT,
                new Finding(verdict, List.of(evidence), List.of(), List.of(), ""),
                List.of(),
                List.of(),
                attempts,
                null,
                null,
                phase == Phase.RECOVERED ? null : new Incident.Next("the effect is watched", at(second + 5)),
                injected.at(),
                at(second),
                phase == Phase.RECOVERED ? at(second) : null);
    }

    Incident.Attempt attempt(Fault fault, UUID id, @Nullable Outcome outcome) {
        Story.Guest guest = guest(fault);
        Injected injected =
                faults.stream().filter(one -> one.fault() == fault).findFirst().orElseThrow();
        Incarnation incarnation = new Incarnation(guest.host(), BOOT, injected.domid(), guest.vm());
        VmId vm = new VmId.ByUuid(guest.vm());
        Command command = new Command(
                id,
                "incident-" + fault.ordinal(),
                new Scope.Vm(pool(guest), guest.host(), vm),
                new Step.RebootCleanly(new Target(incarnation, vm, List.of(Target.State.RUNNING))),
                at(90),
                new HostTime(BOOT, Duration.ofHours(1)),
                null,
                "two witnesses agree");
        FencingToken token = new FencingToken(new LogId("cluster", "paramedic.leases", 0, pool(guest)), 7);
        return new Incident.Attempt(
                command,
                token,
                outcome == null
                        ? null
                        : new StepOutcome(pool(guest), id, "actuator-1", token, false, outcome, null, List.of()));
    }

    Made decided(String pool, double second, Decision decision, String reason) {
        book.decided(new JournalEntry(
                pool,
                journal++,
                Chain.START,
                at(second),
                new JournalEntry.Cause(0, journal),
                "test",
                1,
                Mode.ACT,
                decision,
                reason,
                List.of(),
                Chain.START));
        return this;
    }

    Made overview(String host, Standing standing, List<DomainLine> domains) {
        String pool = story.hosts().stream()
                .filter(one -> one.name().equals(host))
                .findFirst()
                .orElseThrow()
                .pool();
        book.overview(new HostOverview(
                pool, host, Mode.ACT, true, standing, "", null, null, List.of(), domains, 0, List.of(), START));
        return this;
    }

    static DomainLine domain(int domid, Story.Guest guest, Verdict verdict, String... witnesses) {
        return new DomainLine(
                domid,
                guest.vm(),
                new VmId.ByUuid(guest.vm()),
                guest.name(),
                new Condition.Paused(),
                verdict,
                List.of(witnesses),
                null);
    }

    /** It answers again in the life that it had. */
    Made wakesUp(Fault fault) {
        answering.add(guest(fault).vm());
        return this;
    }

    Made noLongerAnswers(Fault fault) {
        answering.remove(guest(fault).vm());
        return this;
    }

    List<HostAccount> accounts() {
        return story.hosts().stream()
                .map(host -> new HostAccount(
                        host.name(),
                        entries.getOrDefault(host.name(), List.of()),
                        lives.getOrDefault(host.name(), List.of()),
                        configs(host.name()),
                        answering))
                .toList();
    }

    private Map<String, UUID> configs(String host) {
        Map<String, UUID> configs = new HashMap<>();
        story.guests().stream()
                .filter(guest -> guest.host().equals(host))
                .forEach(guest -> configs.put("/etc/xen/" + guest.name() + ".cfg", guest.vm()));
        return configs;
    }
}
