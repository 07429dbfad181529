package io.paramedic.deploy.simulation.hosts;

import io.paramedic.deploy.simulation.model.HostModel;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** One simulated host behind a port of its own on 127.0.0.1. */
public final class SimulatedHost implements Closeable {
    private static final String ROOT = "root";
    private static final int COULD_NOT_RUN = 126;

    /** How a host is away. */
    public enum Absence {
        /** Nothing listens, and open connections were closed: it is down. */
        REFUSES,
        /** Connections are taken and never answered, open ones are dead: it hangs, or the network swallows it. */
        SILENT
    }

    private final String name;
    private final HostModel model;
    private final SshPorts ports;
    private final int port;
    private final Path directory;
    private final CommandFaults faults = new CommandFaults();
    private final HostRecord record;
    private final Programs programs;
    private final LineRunner lines;
    private final Map<Long, Programs.Caller> callers = new ConcurrentHashMap<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final GuestPorts guests;
    private @Nullable RealShell shell;
    private volatile boolean closed;

    /** Opens a port for {@code model}; shells live in {@code directory}, the record is kept in {@code recordFile}. */
    SimulatedHost(String name, HostModel model, SshPorts ports, Path directory, Path recordFile) throws IOException {
        this.name = name;
        this.model = model;
        this.ports = ports;
        this.directory = directory;
        this.record = new HostRecord(recordFile);
        this.programs = new Programs(model, faults, record);
        this.lines = new LineRunner(programs);
        this.guests = new GuestPorts(name, model);
        this.port = ports.open(this);
    }

    public String name() {
        return name;
    }

    public HostModel model() {
        return model;
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** What goes wrong with its commands. */
    public CommandFaults commandFaults() {
        return faults;
    }

    /** Every command that reached it. */
    public HostRecord record() {
        return record;
    }

    /** It goes away; commands under way go on, but nobody hears of them. */
    public void vanish(Absence absence) throws IOException {
        switch (absence) {
            case REFUSES -> ports.refuse(port);
            case SILENT -> ports.mute(port);
        }
    }

    /** It listens again on the same port. */
    public void comeBack() throws IOException {
        ports.resume(port);
    }

    /** Closes all its connections at once; it goes on listening. */
    public void cutConnections() {
        ports.cut(port);
    }

    /**
     * Loses power and comes up again at once: commands under way end in the middle, its guests are gone, its boot id is
     * another one. What its guard has written to disk stays.
     */
    public void reboot() {
        RealShell open;
        synchronized (this) {
            open = shell;
        }
        ports.cut(port);
        List.copyOf(threads).forEach(Thread::interrupt);
        if (open != null) {
            open.endProcesses();
        }
        model.powerCycle();
    }

    /**
     * The directory that the shells of this host find in {@code PARAMEDIC_STATE}, which stands for {@code /var/lib/paramedic}
     * of a real one.
     */
    public Path guardState() throws IOException, InterruptedException {
        return shell().guardState();
    }

    /**
     * The port on 127.0.0.1 where the guest of this uuid answers {@code GET} with 200 while it lives, in whichever
     * incarnation. A guest that hangs, boots, is paused or gone takes the connection and says nothing, as a dead
     * address on a network would: what is not asked over HTTP cannot tell the difference.
     */
    public int guestPort(UUID vm) throws IOException {
        return guests.port(vm);
    }

    /** What it needs to run a line that came over SSH. */
    record Request(String line, String user, InputStream in, OutputStream out, OutputStream err, Runnable cut) {}

    /** Runs a line on a thread of its own and tells its status, unless the host is closed before. */
    void execute(Request request, IntConsumer exit) {
        Thread thread = Thread.ofVirtual().name(name + " " + request.line).unstarted(() -> {
            try {
                exit.accept(run(request));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
        if (closed) {
            thread.interrupt();
        }
    }

    private int run(Request request) throws InterruptedException {
        HostRecord.Running running = record.begin(
                HostRecord.Kind.LINE,
                0,
                request.user,
                List.of(request.line),
                model.time().now());
        Programs.Caller caller =
                new Programs.Caller(running.number(), request.user, request.user.equals(ROOT), request.cut);
        callers.put(running.number(), caller);
        int status = COULD_NOT_RUN;
        try {
            status = run(request, caller);
        } catch (IOException e) {
            new StandIns.StreamOutput(request.out, request.err)
                    .stderr("the simulation cannot run this: " + e.getMessage() + "\n");
        } finally {
            callers.remove(running.number());
            running.end(model.time().now(), status);
        }
        return status;
    }

    private int run(Request request, Programs.Caller caller) throws IOException, InterruptedException {
        SimpleLine simple =
                SimpleLine.parse(request.line).filter(lines::understands).orElse(null);
        if (simple == null) {
            return shell().run(request.line, caller, request.in, request.out, request.err);
        }
        Programs.Caller as =
                new Programs.Caller(caller.line(), caller.user(), caller.root() || simple.root(), caller.cut());
        return lines.run(simple, as, new StandIns.StreamOutput(request.out, request.err));
    }

    /** Most hosts never need a shell. */
    private synchronized RealShell shell() throws IOException, InterruptedException {
        if (closed) {
            throw new IOException("the host is closed");
        }
        if (shell == null) {
            shell = new RealShell(directory, programs, this::caller);
        }
        return shell;
    }

    /** A process that outlived its line has no connection that could be cut. */
    private Programs.Caller caller(long line) {
        Programs.Caller known = callers.get(line);
        return known != null ? known : new Programs.Caller(line, ROOT, true, () -> {});
    }

    /** Ends its commands and processes, frees the port and removes its directory. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        ports.close(port);
        guests.close();
        threads.forEach(Thread::interrupt);
        RealShell open = shell;
        if (open != null) {
            open.close();
        }
        try {
            for (Thread thread : List.copyOf(threads)) {
                thread.join(2000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
