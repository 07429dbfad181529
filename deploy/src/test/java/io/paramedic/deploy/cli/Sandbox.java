package io.paramedic.deploy.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A small world for the launcher: a project with one source, made-up JDKs, a made-up Maven, and a PATH with the tools
 * that any system has and nothing else. The launcher's text is the real one, except that its fixed folders for JDKs lie in
 * this world.
 */
final class Sandbox implements AutoCloseable {
    private static final List<String> TOOLS = List.of(
            "sh",
            "cat",
            "date",
            "find",
            "grep",
            "head",
            "ln",
            "mkdir",
            "mv",
            "ps",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "sort",
            "tail",
            "touch",
            "tr");
    private static final List<String> JDK_FOLDERS = List.of(
            "/usr/lib/jvm/", "/usr/java/", "/opt/java/", "/opt/jdk", "/Library/", "/opt/homebrew/", "/usr/local/");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    final Path root;
    final Path project;
    final Path sources;
    final Path source;
    /** One line for each build, with the JAVA_HOME that Maven got. */
    final Path builds;

    private final Path tools;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> started = new ArrayList<>();
    private String shell = "sh";

    /** What a launch left: its exit code and what it wrote. */
    record Launch(int exit, String out, String err) {}

    Sandbox(Path root) throws IOException {
        // Some temporary folders are themselves links, and the launcher reports where things really are.
        this.root = root.toRealPath();
        this.project = Files.createDirectories(this.root.resolve("a project"));
        this.sources = Files.createDirectories(project.resolve("deploy/src/main/java"));
        this.source = sources.resolve("Main.java");
        this.builds = this.root.resolve("builds");
        this.tools = Files.createDirectories(this.root.resolve("tools"));
        Files.writeString(source, "class Main {}\n");
        Files.writeString(project.resolve("pom.xml"), "<project/>\n");
        Files.writeString(builds, "");
        Files.createDirectories(this.root.resolve("home"));
        for (String tool : TOOLS) {
            script(tools.resolve(tool), "exec '" + onPath(tool) + "' \"$@\"\n");
        }
        installLauncher();
        environment.put("PATH", tools.toString());
        environment.put("HOME", this.root.resolve("home").toString());
    }

    Sandbox with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    Sandbox shell(String words) {
        shell = words;
        return this;
    }

    /** Puts a JDK there that says its version, its options and its arguments, one per line. */
    Path jdk(String folder, String version) throws IOException {
        return jdk(folder, version, """
            case "$*" in
                *AOTCacheOutput*) for word; do case $word in
                    -XX:AOTCacheOutput=*) echo cache >"${word#*=}" ;; esac; done; exit 0 ;;
            esac
            echo "java %s"
            printf '[%%s]\\n' "$@"
            """.formatted(version));
    }

    Path jdk(String folder, String version, String program) throws IOException {
        Path home = root.resolve(folder);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/java"), program);
        script(home.resolve("bin/javac"), "exit 1\n");
        return home;
    }

    /** The usual JDK and the usual Maven. */
    Sandbox complete() throws IOException {
        jdk("usr/lib/jvm/jdk-25", "25.0.1");
        maven("3.9.9", "");
        return this;
    }

    /**
     * Puts a Maven on the PATH that builds the distribution.
     *
     * @param before what it does first, as a shell script
     */
    void maven(String version, String before) throws IOException {
        script(tools.resolve("mvn"), """
            if [ "$1" = -v ]; then echo "Apache Maven %s (none)"; exit 0; fi
            echo "$JAVA_HOME $*" >>'%s'
            dist='%s/deploy/target/paramedic'
            rm -rf "$dist"; mkdir -p "$dist"; touch "$dist/build-started"
            %s
            echo '[INFO] Building Paramedic: deploy 0.1.0-SNAPSHOT    [6/6]'
            touch "$dist/paramedic.jar"
            """.formatted(version, builds, project, before));
    }

    /** Makes a file look as if it was written after the last build. */
    void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
    }

    Launch launch(String... args) throws IOException, InterruptedException {
        return launch(project.resolve("paramedic"), root, args);
    }

    Launch launch(Path launcher, Path folder, String... args) throws IOException, InterruptedException {
        Path out = Files.createTempFile(root, "out", "");
        Path err = Files.createTempFile(root, "err", "");
        Process process = builder(launcher, folder, args)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Launch(exitOf(process), Files.readString(out), Files.readString(err));
    }

    /** Starts a launch and leaves it running; its standard error comes with its standard output. */
    Process start(String... args) throws IOException {
        Process process = builder(project.resolve("paramedic"), root, args)
                .redirectErrorStream(true)
                .start();
        started.add(process);
        return process;
    }

    /** Ends what a failed test left running, and what that had started. */
    @Override
    public void close() {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Reads until a line that holds this text. */
    static String await(BufferedReader reader, String text) throws IOException {
        String line = reader.readLine();
        while (line != null && !line.contains(text)) {
            line = reader.readLine();
        }
        if (line == null) {
            throw new AssertionError("the launcher ended without saying: " + text);
        }
        return line;
    }

    static int exitOf(Process process) throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("the launcher did not end within " + LIMIT);
        }
        return process.exitValue();
    }

    List<String> builds() throws IOException {
        return Files.readAllLines(builds);
    }

    Path work() {
        return project.resolve("deploy/target/launcher");
    }

    void fifo(Path file) throws IOException, InterruptedException {
        new ProcessBuilder(onPath("mkfifo").toString(), file.toString()).start().waitFor();
    }

    static boolean has(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    private ProcessBuilder builder(Path launcher, Path folder, String... args) {
        List<String> words = new ArrayList<>();
        for (String word : shell.split(" ", -1)) {
            words.add(words.isEmpty() ? onPath(word).toString() : word);
        }
        words.add(launcher.toString());
        words.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    private void installLauncher() throws IOException {
        String text = Files.readString(Path.of("../paramedic"));
        for (String folder : JDK_FOLDERS) {
            if (!text.contains(" " + folder)) {
                throw new AssertionError("the launcher no longer looks in " + folder + "; mend this sandbox");
            }
            text = text.replace(" " + folder, " '" + root + "'" + folder);
        }
        Path launcher = project.resolve("paramedic");
        Files.writeString(launcher, text, StandardCharsets.UTF_8);
        launcher.toFile().setExecutable(true);
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + file);
        }
    }

    private static Path onPath(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("these tests need " + tool + ", which any Unix has"));
    }
}
