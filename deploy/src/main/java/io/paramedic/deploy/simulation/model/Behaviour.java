package io.paramedic.deploy.simulation.model;

/** What the software inside a simulated guest does. The first group is healthy, the second is not. */
public enum Behaviour {
    /** Sleeps nearly always; answers the toolstack. */
    IDLE(0.002, RunState.BLOCKED, false, true, true),
    /** Writes {@code data/heartbeat} every second; otherwise idle. */
    HEARTBEAT(0.01, RunState.BLOCKED, true, true, true),
    /** Computes with all its virtual CPUs and still writes its heartbeat. */
    BUSY(0.95, RunState.RUNNING, true, true, true),
    /** Acknowledges a shutdown and never stops. */
    IGNORES_SHUTDOWN(0.01, RunState.BLOCKED, true, true, false),
    /** On its way up for some seconds: neither blocked nor reliably running. */
    BOOTING(0.4, RunState.NEITHER, false, false, false),

    /** Loops in its kernel: takes all CPU time, answers nothing. */
    SPINNING(1, RunState.RUNNING, false, false, false),
    /** Deadlocked asleep: for Xen not to be told from idle (toolstack facts §8 no. 4). */
    ASLEEP(0, RunState.BLOCKED, false, false, false),
    /** Its virtual CPUs wait inside Xen for a device model that does not answer. */
    STUCK_IN_XEN(0, RunState.NEITHER, false, false, false);

    private final double load;
    private final RunState state;
    private final boolean heartbeat;
    private final boolean acknowledges;
    private final boolean stops;

    Behaviour(double load, RunState state, boolean heartbeat, boolean acknowledges, boolean stops) {
        this.load = load;
        this.state = state;
        this.heartbeat = heartbeat;
        this.acknowledges = acknowledges;
        this.stops = stops;
    }

    /** CPU seconds that each virtual CPU takes per second. */
    public double load() {
        return load;
    }

    /** Whether it writes a heartbeat. */
    public boolean heartbeat() {
        return heartbeat;
    }

    /** Whether it empties {@code control/shutdown} and {@code control/sysrq} when the toolstack fills them. */
    public boolean acknowledges() {
        return acknowledges;
    }

    /** Whether it stops when it was asked to. */
    public boolean stops() {
        return stops;
    }

    /** The state at a sample; what computes is not on a physical CPU at every instant (lab facts 8). */
    RunState sample(long slot) {
        return switch (state) {
            case BLOCKED -> RunState.BLOCKED;
            case RUNNING -> Math.floorMod(slot * 7, 5) == 0 ? RunState.NEITHER : RunState.RUNNING;
            case NEITHER -> this == BOOTING && Math.floorMod(slot, 3) == 0 ? RunState.RUNNING : RunState.NEITHER;
        };
    }
}
