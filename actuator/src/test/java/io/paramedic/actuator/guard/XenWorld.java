package io.paramedic.actuator.guard;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostCommand;
import io.paramedic.collector.access.LocalAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A host made of stand-ins for Xen's tools, first on the PATH of a real shell. It keeps a record of every act, with begin and end.
 * What a stand-in answers is in files that a test writes.
 */
public final class XenWorld implements HostAccess {
    public static final UUID BOOT = UUID.fromString("0c4bb7b1-5ba5-4ba5-8f0e-bd0b1c1f2a3d");
    public static final UUID HOST = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001");

    /** Uptime in hundredths of a second. */
    public static final long UPTIME = 100_007;

    private static final String DOM0 = "0|00000000-0000-0000-0000-000000000000|r-----|Domain-0";
    private static final String TOOLS =
            "xl list_domains xe xenstore-read xenstore-list xenstore-ls xenstore-write" + " xe-toolstack-restart cat";

    /** What busybox would rather run itself. */
    private static final List<String> FUNCTIONS = List.of("cat", "setsid", "timeout", "dd", "mv", "ln", "rm", "flock");

    private final Path folder;
    private final Shell shell;
    private final LocalAccess local = new LocalAccess();
    private final Map<String, String> environment = new LinkedHashMap<>();

    public XenWorld(Path folder, Shell shell) {
        this.folder = folder;
        this.shell = shell;
        try {
            Files.createDirectories(folder.resolve("bin"));
            Files.createDirectories(folder.resolve("store"));
            Files.createDirectories(folder.resolve("calls"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.put("PATH", folder.resolve("bin") + ":/usr/local/bin:/usr/bin:/bin");
        environment.put("PARAMEDIC_STATE", state().toString());
        environment.put("WORLD", folder.toString());
        write("boot", BOOT + "\n");
        write("uptime", "1000.07 4000.00\n");
        write("acts", "");
        domains();
        store("/local/domain/0/name", "Domain-0");
        for (String tool : TOOLS.split(" ")) {
            program(tool, StandIns.of(tool));
        }
        without("list_domains", "xe", "xe-toolstack-restart");
        for (String own : FUNCTIONS.subList(1, shell == Shell.BUSYBOX ? FUNCTIONS.size() : 3)) {
            program(own, "#!/bin/sh\nexec " + Shell.program(own) + " \"$@\"\n");
        }
        shellProgram("");
    }

    /** Turns it into a host of XAPI. */
    public XenWorld xapi() {
        program("list_domains", StandIns.of("list_domains"));
        program("xe", StandIns.of("xe"));
        program("xe-toolstack-restart", StandIns.of("xe-toolstack-restart"));
        write("inventory", "PRODUCT_BRAND='XCP-ng'\nINSTALLATION_UUID='" + HOST + "'\nPRODUCT_VERSION='8.3.0'\n");
        return this;
    }

    /**
     * The {@code sh} that the guard and its act's shell get: the one under test, with {@code before} run first. A shell that
     * prefers its own programs to those on the PATH is told of the stand-ins by functions.
     */
    public XenWorld shellProgram(String before) {
        String functions = shell == Shell.BUSYBOX
                ? FUNCTIONS.stream().map(XenWorld::function).collect(Collectors.joining())
                : "";
        program("sh", """
            #!/bin/sh
            [ "$1" = -c ] || exec %1$s "$@"
            script=$2
            shift 2
            SHELL_PID=$$
            export SHELL_PID
            before=$(/bin/cat "$WORLD/before")
            exec %1$s -c "%2$s$before
            $script" "$@"
            """.formatted(shell.line(), functions));
        write("before", before);
        return this;
    }

    private static String function(String name) {
        return name + "() { \\\"$WORLD/bin/" + name + "\\\" \\\"\\$@\\\"; }\n";
    }

    public XenWorld without(String... tools) {
        for (String tool : tools) {
            remove(folder.resolve("bin").resolve(tool));
        }
        return this;
    }

    /** A PATH on which nothing is but the stand-ins and what the guard needs, less some of it. */
    public XenWorld onlyOnPath(List<String> missing) {
        Path few = folder.resolve("few");
        try {
            Files.createDirectories(few);
            for (String tool : List.of(
                    "od",
                    "tr",
                    "dd",
                    "mv",
                    "rm",
                    "ln",
                    "mkdir",
                    "chmod",
                    "sleep",
                    "tail",
                    "head",
                    "find",
                    "flock",
                    "setsid",
                    "sha256sum",
                    "timeout",
                    "readlink",
                    "ls",
                    "cat")) {
                if (!missing.contains(tool)) {
                    Files.createSymbolicLink(few.resolve(tool), Shell.program(tool));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        without(missing.toArray(String[]::new));
        environment.put("PATH", folder.resolve("bin") + ":" + few);
        return this;
    }

    /** What runs on the host beside dom0, one line each: {@code DOMID|HANDLE|FLAGS|NAME}. */
    public XenWorld domains(String... rows) {
        write(
                "domains",
                DOM0 + "\n"
                        + String.join("", Stream.of(rows).map(row -> row + "\n").toList()));
        return this;
    }

    /** A node of xenstore. */
    public XenWorld store(String path, String value) {
        Path node = folder.resolve("store" + path);
        try {
            Files.createDirectories(node.getParent());
            Files.writeString(node, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public String stored(String path) {
        return read(folder.resolve("store" + path));
    }

    /** XAPI's record of the one VM that it knows. */
    public XenWorld record(String power, int domid, String residentOn, String operations) {
        write("record", """
            uuid ( RO)                   : -
                      power-state ( RO): %s
                is-control-domain ( RO): false
               current-operations (SRO): %s
                      resident-on ( RO): %s
                           dom-id ( RO): %d

            """.formatted(power, operations, residentOn, domid));
        return this;
    }

    /** What a stand-in does before it does what it is for, as lines of shell. */
    public XenWorld before(String tool, String script) {
        write("calls/" + tool, script);
        return this;
    }

    /** Replaces a tool. */
    public XenWorld program(String name, String script) {
        Path file = folder.resolve("bin").resolve(name);
        remove(file);
        try {
            Files.writeString(file, script);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public XenWorld environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Every act that was begun, in order. */
    public List<String> acts() {
        return read(folder.resolve("acts")).lines().toList();
    }

    /** Waits until so many acts were begun. */
    public void awaitActs(int number) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> acts().size() == number);
    }

    public Path state() {
        return folder.resolve("state");
    }

    public Path folder() {
        return folder;
    }

    public String tokens() {
        return read(state().resolve("tokens"));
    }

    public void write(String name, String text) {
        try {
            Files.writeString(
                    folder.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public GuardAnswer ask(GuardCall call) {
        try {
            return AnswerReader.read(call.id(), run(call.command()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String name() {
        return "xen-07";
    }

    @Override
    public CommandResult run(HostCommand command) throws InterruptedException {
        StringBuilder line = new StringBuilder();
        environment.forEach((name, value) -> line.append("export ")
                .append(name)
                .append('=')
                .append(HostCommand.quote(value))
                .append("; "));
        return local.run(new HostCommand(line + command.line(), command.limit(), command.outputLimit()));
    }

    @Override
    public CommandStream stream(HostCommand command, Consumer<String> line, Consumer<CommandResult> ended) {
        throw new UnsupportedOperationException("the guard does not stream");
    }

    @Override
    public void close() {
        local.close();
        killEverything();
    }

    /** Ends whatever runs in this world, by what is in its environment. */
    public void killEverything() {
        byte[] mark = ("WORLD=" + folder + "\0").getBytes(StandardCharsets.ISO_8859_1);
        String wanted = new String(mark, StandardCharsets.ISO_8859_1);
        List<ProcessHandle> mine = ProcessHandle.allProcesses()
                .filter(process -> environmentOf(process).contains(wanted))
                .toList();
        mine.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : mine) {
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    private static String environmentOf(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Removes a folder with all that is in it. */
    static void clear(Path folder) {
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Duration moment() {
        return Duration.ofMillis(UPTIME * 10);
    }
}
