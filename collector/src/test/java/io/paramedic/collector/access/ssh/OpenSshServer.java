package io.paramedic.collector.access.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** A real sshd of this machine, run by the present user with a configuration, host keys and a port of its own. */
final class OpenSshServer implements TestServer {
    private static final int ATTEMPTS = 5;

    private final Path folder;
    private final Spec spec;
    private final List<String> settings;
    private int port;
    private Process sshd;

    OpenSshServer(Spec spec, List<String> settings) throws Exception {
        this.spec = spec;
        this.settings = settings;
        this.folder = Files.createTempDirectory("paramedic-sshd");
        Path separation = Path.of("/run/sshd");
        if ("root".equals(System.getProperty("user.name")) && !Files.exists(separation)) {
            Files.createDirectory(
                    separation, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        for (int i = 0; i < spec.hostKeys().size(); i++) {
            TestKeys.openSsh(folder.resolve("host" + i), spec.hostKeys().get(i), null);
        }
        Files.writeString(
                folder.resolve("authorized_keys"),
                spec.authorized().stream().map(TestKeys::line).collect(Collectors.joining("\n", "", "\n")));
        this.sshd = startOnSomePort();
    }

    /**
     * The port is free when it is picked, and another process may take it before sshd does; then there is a next one.
     */
    private Process startOnSomePort() throws Exception {
        for (int i = 0; i < ATTEMPTS; i++) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            Process started = launch();
            if (listens(started)) {
                return started;
            }
        }
        throw new IOException("sshd does not start: " + Files.readString(folder.resolve("log")));
    }

    private Process launch() throws IOException {
        StringBuilder config = new StringBuilder();
        for (int i = 0; i < spec.hostKeys().size(); i++) {
            config.append("HostKey ").append(folder.resolve("host" + i)).append('\n');
        }
        settings.forEach(setting -> config.append(setting).append('\n'));
        // Another HOME, because the shell of the user would read the start-up files of whoever runs these tests.
        config.append("""
            Port %d
            ListenAddress 127.0.0.1
            AuthorizedKeysFile %s
            PidFile none
            UsePAM no
            StrictModes no
            PermitRootLogin yes
            PasswordAuthentication no
            SetEnv HOME=%s
            MaxStartups 200
            MaxSessions %d
            """.formatted(port, folder.resolve("authorized_keys"), folder, spec.sessions()));
        Path file = Files.writeString(folder.resolve("sshd_config"), config.toString());
        return new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /** Tries the port until someone answers or sshd has ended. */
    private boolean listens(Process started) throws InterruptedException {
        while (started.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return true;
            } catch (IOException e) {
                if (started.waitFor(20, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
        }
        return false;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public KeyPair hostKey() {
        return spec.hostKeys().getFirst();
    }

    @Override
    public void cut() {
        sshd.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() throws Exception {
        List<ProcessHandle> children = sshd.descendants().toList();
        sshd.destroyForcibly().waitFor();
        children.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle child : children) {
            try {
                child.onExit().get(200, TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                // It was killed; when its new parent takes notice is not ours to wait for.
                continue;
            }
        }
    }

    @Override
    public void restart() throws Exception {
        sshd = launch();
        if (!listens(sshd)) {
            throw new IOException("sshd does not start again: " + Files.readString(folder.resolve("log")));
        }
    }

    /** What it logged. */
    String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** Removes its files. */
    void delete() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
