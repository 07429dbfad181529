package io.paramedic.deploy.simulation.hosts;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** Runs command lines of one host in {@code /bin/sh}, with the stand-ins of the host first on its PATH. */
final class RealShell implements Closeable {
    /** By this variable the processes of a host are found again, also those that have left their session. */
    private static final String MARK = "PARAMEDIC_SIMULATED_HOST";

    private final StateDirectory state;
    private final StandIns standIns;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    RealShell(Path directory, Programs programs, LongFunction<Programs.Caller> callers)
            throws IOException, InterruptedException {
        this.state = StateDirectory.create(directory, programs.names());
        this.standIns = new StandIns(state, programs, callers);
    }

    /**
     * Runs a line to its end, which includes, as with sshd, that everybody who holds its output has closed it.
     *
     * @return the exit status
     */
    int run(String line, Programs.Caller caller, InputStream in, OutputStream out, OutputStream err)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", "-c", line).directory(state.home().toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", state.bin() + ":" + StateDirectory.REAL_PATH);
        environment.put("HOME", state.home().toString());
        environment.put("TMPDIR", state.temporary().toString());
        environment.put("USER", caller.user());
        environment.put("LOGNAME", caller.user());
        environment.put("SHELL", "/bin/sh");
        environment.put("PARAMEDIC_STATE", state.guard().toString());
        environment.put("PARAMEDIC_LINE", Long.toString(caller.line()));
        environment.put("PARAMEDIC_ROOT", caller.root() ? "1" : "0");
        environment.put(MARK, state.root().toString());
        Process process = builder.start();
        running.add(process);
        try {
            Thread.ofVirtual().start(() -> pump(in, process.getOutputStream(), true));
            Thread errors = Thread.ofVirtual().start(() -> pump(process.getErrorStream(), err, false));
            pump(process.getInputStream(), out, false);
            errors.join();
            return process.waitFor();
        } finally {
            running.remove(process);
        }
    }

    /** Copies until the end of either side; whoever still writes after that gets a broken pipe. */
    private static void pump(InputStream from, OutputStream to, boolean closeTarget) {
        byte[] buffer = new byte[8192];
        try {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.write(buffer, 0, read);
                to.flush();
            }
        } catch (IOException e) {
            closeQuietly(from);
        } finally {
            if (closeTarget) {
                closeQuietly(to);
            }
        }
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            return;
        }
    }

    /** Ends every process of this host, also the detached ones, as a loss of power does. */
    void endProcesses() {
        for (Process process : running) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        endMarked();
    }

    /** Where the shells of this host find its guard's state. */
    Path guardState() {
        return state.guard();
    }

    /** Ends every process of this host and removes the directory. */
    @Override
    public void close() {
        endProcesses();
        standIns.close();
        endMarked();
        StateDirectory.remove(state.root());
    }

    /** Where there is a /proc, the environment tells whose a process is; elsewhere only the living shells are known. */
    private void endMarked() {
        byte[] mark = (MARK + "=" + state.root() + "\0").getBytes(StandardCharsets.ISO_8859_1);
        String wanted = new String(mark, StandardCharsets.ISO_8859_1);
        Path proc = Path.of("/proc");
        if (!Files.isDirectory(proc)) {
            return;
        }
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            processes
                    .filter(handle -> environment(proc, handle).contains(wanted))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static String environment(Path proc, ProcessHandle handle) {
        try {
            return Files.readString(
                    proc.resolve(Long.toString(handle.pid())).resolve("environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
