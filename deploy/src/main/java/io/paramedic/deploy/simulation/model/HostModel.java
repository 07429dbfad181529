package io.paramedic.deploy.simulation.model;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One simulated host. Whoever reads or changes it or one of its parts does so inside {@link #locked}; the methods of this
 * class and of {@link HostFaults} take the lock themselves.
 *
 * <p>Time passes when it is looked at: {@link #settle} does all that was due since the last look, in order.
 */
public final class HostModel {
    private static final Duration FIRST_LOOK = Duration.ofMillis(5);
    private static final Duration LONGEST_LOOK = Duration.ofMillis(250);

    private record Due(Instant at, long order, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** What a waiting tool does whenever the lock is free, such as handing over what it has printed. */
    @FunctionalInterface
    public interface WhileUnlocked {
        void run() throws InterruptedException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final TimeSource time;
    private final HostFacts facts;
    private final Map<Integer, Domain> domains = new TreeMap<>();
    private final Map<String, DomainSpec> configs = new TreeMap<>();
    private final Map<UUID, String> configFiles = new HashMap<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Xenstore xenstore = new Xenstore();
    private final Lifecycle lifecycle = new Lifecycle(this);
    private final HostFaults faults = new HostFaults(this);
    private final Lives lives = new Lives();
    private Duration acknowledgement = Duration.ofSeconds(60);
    private Processes processes;
    private Xapi xapi;
    private UUID bootId = UUID.randomUUID();
    private Instant booted;
    private Instant now;
    private long order;
    private int lastDomid;
    private XenstoredState xenstored = XenstoredState.RUNNING;
    private boolean underXen = true;

    /** A host without guests that has been up for ten minutes. */
    public HostModel(HostFacts facts, TimeSource time) {
        this(facts, time, Duration.ofMinutes(10));
    }

    /** A host without guests that has been up for so long. */
    public HostModel(HostFacts facts, TimeSource time, Duration uptime) {
        this.facts = facts;
        this.time = time;
        this.now = time.now();
        this.booted = now.minus(uptime);
        this.processes = new Processes(facts, booted);
        this.xapi = bootControlDomain();
    }

    private Xapi bootControlDomain() {
        DomainSpec spec = DomainSpec.pv("Domain-0")
                .uuid(facts.dom0Uuid().toString())
                .size(facts.dom0Vcpus(), facts.dom0MemoryMiB())
                .behaves(Behaviour.IDLE);
        Domain dom0 = new Domain(0, spec, booted);
        dom0.pinned = RunState.RUNNING;
        dom0.introduced = true;
        domains.put(0, dom0);
        new XenstoreNodes(xenstore, facts).controlDomain();
        return new Xapi(facts, dom0);
    }

    public HostFacts facts() {
        return facts;
    }

    public TimeSource time() {
        return time;
    }

    public <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            settle();
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    public void locked(Runnable work) {
        locked(() -> {
            work.run();
            return true;
        });
    }

    /** Takes the lock for a tool, which gives it back while it waits. */
    public void lock() throws InterruptedException {
        lock.lockInterruptibly();
        settle();
    }

    public void unlock() {
        lock.unlock();
    }

    /**
     * Waits, with the lock held before and after but not meanwhile. {@code done} is asked after each single change, so that
     * a state which lasts only a moment is not missed when time passes fast.
     *
     * @return whether {@code done} held before {@code limit} had passed
     */
    public boolean await(Duration limit, BooleanSupplier done, WhileUnlocked meanwhile) throws InterruptedException {
        Instant end = now.plus(limit);
        Duration look = FIRST_LOOK;
        while (true) {
            Instant until = time.now();
            boolean last = !until.isBefore(end);
            if (settle(last ? end : until, done)) {
                return true;
            }
            if (last) {
                return false;
            }
            Duration left = Duration.between(until, end);
            lock.unlock();
            try {
                meanwhile.run();
                time.sleep(left.compareTo(look) < 0 ? left : look);
            } finally {
                lock.lock();
            }
            Duration longer = look.multipliedBy(2);
            look = longer.compareTo(LONGEST_LOOK) < 0 ? longer : LONGEST_LOOK;
        }
    }

    /** Does what was due by now. */
    void settle() {
        settle(time.now(), () -> false);
    }

    /** Does what was due until then, or until {@code done}. */
    private boolean settle(Instant until, BooleanSupplier done) {
        for (Due next = due.peek(); next != null && !next.at.isAfter(until); next = due.peek()) {
            due.remove();
            pass(next.at);
            next.action.run();
            if (done.getAsBoolean()) {
                return true;
            }
        }
        pass(until);
        return done.getAsBoolean();
    }

    private void pass(Instant until) {
        if (until.isAfter(now)) {
            now = until;
        }
        for (Domain domain : domains.values()) {
            domain.account(now);
            lifecycle.beat(domain);
        }
    }

    void after(Duration delay, Runnable action) {
        due.add(new Due(now.plus(delay), order++, action));
    }

    /** The moment of the last look. */
    public Instant now() {
        return now;
    }

    public UUID bootId() {
        return bootId;
    }

    public Duration uptime() {
        return Duration.between(booted, now);
    }

    /** In ascending order of their ids, as the hypervisor lists them. */
    public List<Domain> domains() {
        return List.copyOf(domains.values());
    }

    public Optional<Domain> domain(int domid) {
        return Optional.ofNullable(domains.get(domid));
    }

    /** The domain that a record of xapi stands for on this host, if the record names this host and the domain is there. */
    public Optional<Domain> domain(XapiVm vm) {
        return vm.resident() && vm.domid() >= 0 ? domain(vm.domid()) : Optional.empty();
    }

    /** Whether the control domain's kernel runs under Xen at all. */
    public boolean underXen() {
        return underXen;
    }

    void withoutXen() {
        underXen = false;
        processes.endAllOfXen();
        xapi.answering(false);
    }

    public Xenstore xenstore() {
        return xenstore;
    }

    public XenstoredState xenstored() {
        return xenstored;
    }

    public Processes processes() {
        return processes;
    }

    public Xapi xapi() {
        return xapi;
    }

    public Lifecycle lifecycle() {
        return lifecycle;
    }

    public HostFaults faults() {
        return faults;
    }

    /** Every incarnation of every guest that this host has had, oldest first, over all its boots. */
    public List<Life> lives() {
        return locked(lives::all);
    }

    Lives book() {
        return lives;
    }

    /** Whether a guest of this uuid would now answer a question over its network. */
    public boolean answers(UUID vm) {
        return locked(() -> domains.values().stream()
                .anyMatch(domain -> domain.spec().uuid().equals(vm) && domain.answers()));
    }

    /** How long a toolstack waits for a guest to take a request: a minute (toolstack facts §2.3, §3.4.7), if not changed. */
    public Duration acknowledgement() {
        return acknowledgement;
    }

    /** Scales that minute, for who cannot wait for it. */
    public void acknowledgement(Duration limit) {
        locked(() -> {
            acknowledgement = limit;
        });
    }

    /** Guest configurations by their path. */
    public Map<String, DomainSpec> configs() {
        return configs;
    }

    public int freeMemoryMiB() {
        int used = domains.values().stream().mapToInt(Domain::memoryMiB).sum();
        return Math.max(0, facts.totalMemoryMiB() - facts.xenMemoryMiB() - used);
    }

    /** Where the configuration of a guest lies, unless a test moved it. */
    public static String configPath(DomainSpec spec) {
        return "/etc/xen/" + spec.name() + ".cfg";
    }

    /** The file that the guest of this uuid is created from. */
    String configFile(DomainSpec spec) {
        return configFiles.getOrDefault(spec.uuid(), configPath(spec));
    }

    void configFile(DomainSpec spec, String path) {
        configs.remove(configFile(spec));
        configFiles.put(spec.uuid(), path);
        configs.put(path, spec);
    }

    /** A file of its own keeps its name when the guest changes its. */
    void moveConfig(Domain domain, DomainSpec spec) {
        String before = domain.configPath;
        configs.remove(before);
        if (configFiles.remove(domain.spec.uuid(), before)) {
            configFiles.put(spec.uuid(), before);
        }
        domain.configPath = configFile(spec);
        configs.put(domain.configPath, spec);
    }

    void xenstored(XenstoredState state) {
        xenstored = state;
    }

    Map<Integer, Domain> table() {
        return domains;
    }

    /** The next free id, upward from the last one given (toolstack facts §5.4). */
    int allocateDomid() {
        do {
            lastDomid = lastDomid >= 32_751 ? 1 : lastDomid + 1;
        } while (domains.containsKey(lastDomid));
        return lastDomid;
    }

    void took(int domid) {
        lastDomid = Math.max(lastDomid, domid);
    }

    /** Starts a guest under the next free id, which is returned. */
    public int start(DomainSpec spec) {
        return locked(() -> lifecycle.create(spec, allocateDomid()).domid());
    }

    /** Starts a guest under a given id. */
    public int start(DomainSpec spec, int domid) {
        return locked(() -> {
            took(domid);
            return lifecycle.create(spec, domid).domid();
        });
    }

    /** Loses power and comes up again: no guests, another boot id, ids from 1, an empty xenstore. */
    public void powerCycle() {
        locked(() -> {
            due.clear();
            domains.clear();
            xenstore.clear();
            bootId = UUID.randomUUID();
            booted = now;
            lastDomid = 0;
            xenstored = XenstoredState.RUNNING;
            underXen = true;
            processes = new Processes(facts, booted);
            Xapi before = xapi;
            xapi = bootControlDomain();
            before.vms().stream().filter(vm -> !vm.control()).forEach(vm -> xapi.register(vm.spec()));
        });
    }
}
