package io.paramedic.deploy.simulation.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One domain as the hypervisor holds it. Read it, and change it, only with the lock of its host held; the methods that
 * change it are those of {@link HostModel} and its parts.
 */
public final class Domain {
    /** {@code shutdown code} of a domain that has not shut down (toolstack facts §1.2). */
    public static final int ALIVE = 255;

    private static final Duration SLOT = Duration.ofMillis(100);

    DomainSpec spec;
    int domid;
    UUID handle;
    int memoryMiB;
    Behaviour behaviour;
    int pauseCount;
    int shutdownCode = ALIVE;
    boolean dead;
    /** A destroy of it is under way: what xl leaves while it works, or was cut off. */
    boolean beingDestroyed;
    /** It was introduced to the xenstored that now runs, so that it can read and write there. */
    boolean introduced;
    /** A process in the control domain holds one of its pages: destroyed, it becomes a zombie. */
    boolean held;
    /** Its xapi record goes on to the next incarnation when it is destroyed. */
    boolean rebooting;

    /** How long its backends keep it as a zombie after a destroy. */
    Duration lingers = Duration.ZERO;
    /** The agent that writes its heartbeat was stopped; the guest itself goes on. */
    boolean agentStopped;

    Duration heartbeatPeriod = Duration.ofSeconds(1);
    String configPath;

    int grantFrames = 1;
    int maxGrantFrames = 64;
    long heartbeats;
    Instant lastHeartbeat;

    @Nullable
    RunState pinned;

    Instant created;
    private final long[] vcpuNanos;
    private Instant accountedTo;

    Domain(int domid, DomainSpec spec, Instant created) {
        this.domid = domid;
        this.spec = spec;
        this.handle = spec.uuid();
        this.memoryMiB = spec.memoryMiB();
        this.configPath = HostModel.configPath(spec);
        this.behaviour = spec.bootTime().isZero() ? spec.behaviour() : Behaviour.BOOTING;
        this.created = created;
        this.lastHeartbeat = created;
        this.accountedTo = created;
        this.vcpuNanos = new long[spec.vcpus()];
    }

    public int domid() {
        return domid;
    }

    /** What its configuration calls it; what tools print comes from xenstore, if it is there. */
    public String configuredName() {
        return spec.name();
    }

    /** The uuid that the hypervisor holds; a toolstack may change it (toolstack facts §1.3). */
    public UUID handle() {
        return handle;
    }

    public DomainSpec spec() {
        return spec;
    }

    /** The file that it was created from; nothing says that it is named after the guest. */
    public String configPath() {
        return configPath;
    }

    public GuestType type() {
        return spec.type();
    }

    public int vcpus() {
        return spec.vcpus();
    }

    /** Memory that it holds now: none once it is dead. */
    public int memoryMiB() {
        return memoryMiB;
    }

    public Behaviour behaviour() {
        return behaviour;
    }

    public boolean paused() {
        return pauseCount > 0;
    }

    public boolean shutDown() {
        return shutdownCode != ALIVE;
    }

    /** The reason of the shutdown, {@link #ALIVE} before it. */
    public int shutdownCode() {
        return shutdownCode;
    }

    /** Torn down and only kept by references: a zombie (toolstack facts §5.1). */
    public boolean dead() {
        return dead;
    }

    public Instant created() {
        return created;
    }

    public int grantFrames() {
        return grantFrames;
    }

    public int maxGrantFrames() {
        return maxGrantFrames;
    }

    /** Whether its virtual CPUs could run at all. */
    public boolean live() {
        return pauseCount == 0 && !shutDown() && !dead;
    }

    /**
     * Whether its network would now answer a question from outside: not while it boots, hangs, is paused or has stopped.
     * The network needs no xenstore.
     */
    public boolean answers() {
        return live() && behaviour.acknowledges();
    }

    /** Whether it would now see what is written to its xenstore nodes. */
    boolean serves() {
        return live() && introduced && behaviour.acknowledges();
    }

    boolean beats() {
        return live() && introduced && !agentStopped && behaviour.heartbeat();
    }

    /** The hypervisor's view of its virtual CPUs at {@code now}. */
    public RunState runState(Instant now) {
        if (pinned != null) {
            return pinned;
        }
        if (!live()) {
            return behaviour == Behaviour.ASLEEP && !shutDown() ? RunState.BLOCKED : RunState.NEITHER;
        }
        return behaviour.sample(now.toEpochMilli() / SLOT.toMillis() + domid);
    }

    /** CPU time of all virtual CPUs, in nanoseconds, up to the last {@link #account}. */
    public long cpuNanos() {
        return Arrays.stream(vcpuNanos).sum();
    }

    public long vcpuNanos(int vcpu) {
        return vcpuNanos[vcpu];
    }

    void setCpuNanos(long perVcpu) {
        Arrays.fill(vcpuNanos, perVcpu);
    }

    void setVcpuNanos(int vcpu, long nanos) {
        vcpuNanos[vcpu] = nanos;
    }

    /** Adds the CPU time used since the last call, at the load of the present behaviour. */
    void account(Instant now) {
        if (now.isAfter(accountedTo)) {
            if (live()) {
                long used = (long) (Duration.between(accountedTo, now).toNanos() * behaviour.load());
                for (int i = 0; i < vcpuNanos.length; i++) {
                    vcpuNanos[i] += used;
                }
            }
            accountedTo = now;
        }
    }
}
