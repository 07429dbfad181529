package io.paramedic.deploy.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.actuator.guard.GuardScript;
import io.paramedic.actuator.rung.StepRunner.Enrolled;
import io.paramedic.analyzer.policy.Policy;
import io.paramedic.analyzer.policy.PolicyDocument;
import io.paramedic.collector.access.InventoryConnector;
import io.paramedic.deploy.operator.Orders;
import io.paramedic.deploy.simulation.account.Deed;
import io.paramedic.deploy.simulation.account.HostAccount;
import io.paramedic.deploy.simulation.account.Ledger;
import io.paramedic.deploy.simulation.account.ReadOnlyCommands;
import io.paramedic.deploy.simulation.hosts.CommandFaults;
import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostFacts;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.log.Log;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Simulated hosts with plain Xen, which outlive every process of the ring, and on each a guest that will fall ill and one that
 * will not. What was done is judged by their own record.
 */
final class Ward implements Closeable {
    static final String POOL = "ward";

    /** A destroy takes 1.2 s for each GiB, so that one of this size can be caught in the middle. */
    static final int SLOW_TO_DESTROY_MIB = 18_432;

    static final int USUAL_MIB = 512;
    private static final String WELL = "well";
    static final String SICK = "sick";

    private static final Duration SLOW_CHECK = Duration.ofSeconds(18);

    private final SimulatedHosts hosts = SimulatedHosts.open();
    private final Map<String, Patient> patients = new LinkedHashMap<>();

    /** The guest of a host that falls ill. */
    private record Patient(SimulatedHost host, UUID vm, String configuration, int domid) {}

    Ward() throws IOException {}

    /** Adds a host. */
    void add(String name, int memoryMiB) throws IOException {
        SimulatedHost host = hosts.add(HostFacts.xl(name).memory(24_575), Duration.ofDays(12));
        HostModel model = host.model();
        admit(model, DomainSpec.pvh(WELL + "-" + name).size(1, USUAL_MIB));
        DomainSpec sick = DomainSpec.pvh(SICK + "-" + name).size(1, memoryMiB);
        int domid = admit(model, sick);
        patients.put(name, new Patient(host, sick.uuid(), HostModel.configPath(sick), domid));
    }

    void add(String name) throws IOException {
        add(name, USUAL_MIB);
    }

    private static int admit(HostModel model, DomainSpec spec) {
        int domid = model.start(spec);
        model.faults().age(domid, Duration.ofHours(30));
        return domid;
    }

    /** Lets all hosts obey a log, lists them there, and sets a policy that acts soon. */
    void hand(Log log) throws IOException, InterruptedException {
        List<HostRecord> records = patients.values().stream()
                .map(patient -> record(patient.host()))
                .toList();
        try (InventoryConnector connector = RingProcess.connector();
                ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Enrolled>> enrolled = records.stream()
                    .map(record -> each.submit(() -> Enrolment.enrol(log, record, connector, false)))
                    .toList();
            assertThat(enrolled)
                    .allSatisfy(one -> assertThat(one)
                            .succeedsWithin(Duration.ofMinutes(1))
                            .isInstanceOf(Enrolled.Done.class));
        }
        try (Orders orders = new Orders(log, "ward")) {
            orders.setPolicy(log, POOL, PolicyDocument.write(policy()), "soon");
            for (HostRecord record : records) {
                orders.list(record);
            }
        }
    }

    private HostRecord record(SimulatedHost host) {
        Access access = new Access.Ssh(
                "127.0.0.1",
                host.port(),
                "root",
                false,
                List.of(hosts.hostKey()),
                hosts.clientKey().toString(),
                null,
                false);
        return new HostRecord(host.name(), POOL, access, Map.of(), List.of());
    }

    /** Times as short as a document may have them, and budgets that do not come between the faults of one test. */
    static Policy policy() {
        Policy usual = Policy.DEFAULT;
        Duration soon = Duration.ofSeconds(2);
        Duration late = Duration.ofSeconds(60);
        return new Policy(
                Mode.ACT,
                new Policy.Patience(
                        late,
                        soon,
                        late,
                        late,
                        late,
                        late,
                        usual.patience().learntProbe(),
                        soon,
                        soon,
                        Duration.ofSeconds(30)),
                new Policy.Guards(10, Duration.ofSeconds(1), Duration.ofSeconds(1), 20, 100, 10, 10, 0),
                usual.rungs(),
                List.of());
    }

    Collection<String> names() {
        return patients.keySet();
    }

    /** Its guest crashes and is kept. */
    void crash(String name) {
        Patient patient = patient(name);
        patient.host().model().faults().crashPreserved(patient.domid());
    }

    /** The next time that the guest's configuration is read there, it takes long. */
    void slowDownTheGuard(String name) {
        Patient patient = patient(name);
        patient.host().commandFaults().once("cat " + patient.configuration(), new CommandFaults.Fault.Slow(SLOW_CHECK));
    }

    /** Whether the guard reads the guest's configuration at this moment, which it does before it lets an act through. */
    boolean isCheckedByTheGuard(String name) {
        Patient patient = patient(name);
        return patient.host().record().programs("cat " + patient.configuration()).stream()
                .anyMatch(entry -> entry.ended() == null);
    }

    boolean isBeingDestroyed(String name) {
        return patient(name).host().record().programs("xl destroy").stream()
                .anyMatch(entry -> entry.ended() == null && !entry.effects().isEmpty());
    }

    /** A person at the host ends the crashed domain and starts the guest again, without any tool that leaves a trace. */
    void mendByHand(String name) {
        Patient patient = patient(name);
        HostModel model = patient.host().model();
        model.locked(() -> {
            var domain = model.domain(patient.domid()).orElseThrow();
            model.lifecycle().beginDestroy(domain);
            model.lifecycle().finishDestroy(domain);
        });
        DomainSpec spec = model.locked(() -> model.configs().get(patient.configuration()));
        admit(model, spec);
    }

    boolean isWell(String name) {
        Patient patient = patient(name);
        return patient.host().model().answers(patient.vm());
    }

    /** Whether the guard of a host has answered to this verb since then. */
    boolean hasAnswered(String name, String verb, Instant since) {
        return patient(name).host().record().lines().stream()
                .anyMatch(line -> line.started().isAfter(since)
                        && line.ended() != null
                        && line.command().contains(" paramedic-guard " + verb + " "));
    }

    /** A moment of a host's record as the host's own uptime. */
    Duration uptimeAt(String name, Instant moment) {
        HostModel model = patient(name).host().model();
        return model.locked(() -> model.uptime().minus(Duration.between(moment, model.now())));
    }

    /** What was done on a host that is not only looking, in the order of the starts. */
    private List<Deed> deeds(String name) {
        ReadOnlyCommands readOnly = new ReadOnlyCommands(List.of(GuardScript.bare(), GuardScript.whole()));
        return new Ledger(List.of(HostAccount.of(patient(name).host())), readOnly).deeds();
    }

    /** Its guest was ended once and started once, by nothing else than these two commands, and lives. */
    private void assertHealedOnce(String name) {
        Patient patient = patient(name);
        assertThat(deeds(name))
                .as("what was done on %s", name)
                .extracting(deed -> deed.entry().command())
                .containsExactly("xl destroy " + patient.domid(), "xl create " + patient.configuration());
        assertThat(patient.host().record().effects())
                .as("what changed on %s", name)
                .filteredOn(effect -> effect.startsWith("began to destroy") || effect.startsWith("created"))
                .hasSize(2);
        assertThat(isWell(name)).as("the guest of %s lives", name).isTrue();
    }

    /** Its guest was ended before the evidence for that was too old. */
    private void assertEndedInTime(String name, Command destroy) {
        Instant started = deeds(name).getFirst().entry().started();
        assertThat(uptimeAt(name, started))
                .as("uptime of %s when its guest was ended", name)
                .isLessThanOrEqualTo(destroy.evidenceDeadline().uptime());
    }

    /** Nothing twice, nothing late, nothing lost on these hosts, and an unbroken journal of it. */
    void judge(Collection<String> names, Books books) {
        Orderings orderings = books.orderings();
        for (String name : names) {
            assertHealedOnce(name);
            orderings.assertOneOfEachDone(name);
            assertEndedInTime(name, orderings.destroy(name));
        }
        books.assertIncidentsEndedWell(names);
        books.assertJournalIsWhole();
    }

    /** Nothing but looking was done on a host. */
    void assertUntouched(String name) {
        assertThat(deeds(name)).as("what was done on %s", name).isEmpty();
    }

    private Patient patient(String name) {
        Patient patient = patients.get(name);
        if (patient == null) {
            throw new IllegalArgumentException("no host " + name + " among " + patients.keySet());
        }
        return patient;
    }

    @Override
    public void close() throws IOException {
        hosts.close();
    }
}
