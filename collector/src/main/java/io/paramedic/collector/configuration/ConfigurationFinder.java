package io.paramedic.collector.configuration;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostCommand;
import io.paramedic.collector.dialect.ProcessRow;
import io.paramedic.schemas.observation.DomainSignals.Configuration;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files from which the domains of a plain xl host can be started again: those that running {@code xl create} name
 * and those in {@code /etc/xen} and {@code /etc/xen/auto}. Every command only reads, and a file is read again only when its
 * sum has changed. For one thread.
 */
public final class ConfigurationFinder {
    private static final int MOST_FILES = 500;
    private static final int MOST_BYTES = 256 << 10;
    private static final int MOST_BACKEND_BYTES = 32 << 20;
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]*");
    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9._@+:,=-]+)+");
    private static final Pattern SUM = Pattern.compile("([0-9a-f]{64}) [ *](/.+)");

    private final HostAccess access;
    private final Duration limit;
    private Map<String, File> files = Map.of();

    private record File(String path, String sha256, XlConfiguration.Result content) {}

    /**
     * A domain whose file is looked for.
     *
     * @param name of its VM
     * @param handle in the hypervisor, which a uuid in the file must match
     */
    public record Wanted(int domid, String name, UUID handle) {}

    /** What was found, by domid, and why nothing was found where something should have been. */
    public record Found(Map<Integer, Configuration> configurations, List<Unread> unread) {
        public static final Found NOTHING = new Found(Map.of(), List.of());

        public Found {
            configurations = Map.copyOf(configurations);
            unread = List.copyOf(unread);
        }
    }

    /** @param limit for each command */
    public ConfigurationFinder(HostAccess access, Duration limit) {
        this.access = access;
        this.limit = limit;
    }

    /**
     * Looks.
     *
     * @param makers dom0's processes of {@code xl} that made domains
     */
    public Found find(List<Wanted> domains, List<ProcessRow> makers) throws InterruptedException {
        Set<String> overridden = new LinkedHashSet<>();
        Set<String> paths = new LinkedHashSet<>();
        for (ProcessRow maker : makers) {
            Started started = Started.by(maker.args());
            started.path().ifPresent(paths::add);
            started.path().filter(_ -> started.changed()).ifPresent(overridden::add);
        }
        Set<String> named = Set.copyOf(paths);
        listed().forEach(paths::add);
        List<Unread> unread = new ArrayList<>();
        if (paths.size() > MOST_FILES) {
            unread.add(new Unread("/etc/xen", "has more than " + MOST_FILES + " files; the rest was not read", null));
        }
        files = read(paths.stream().limit(MOST_FILES).toList());
        Map<Integer, Configuration> found = new HashMap<>();
        for (Wanted domain : domains) {
            match(domain, overridden, unread).ifPresent(it -> found.put(domain.domid(), it));
        }
        leaveOutOthers(domains, found, unread);
        if (found.size() < domains.size()) {
            refused(domains, named).filter(piece -> !unread.contains(piece)).forEach(unread::add);
        }
        return new Found(found, unread);
    }

    /** Files that may describe one of these domains and are not understood. */
    private Stream<Unread> refused(List<Wanted> domains, Set<String> named) {
        Set<String> likely =
                domains.stream().map(domain -> "/" + domain.name() + ".cfg").collect(Collectors.toSet());
        return files.values().stream().flatMap(file -> {
            boolean concerns = named.contains(file.path()) || likely.stream().anyMatch(file.path()::endsWith);
            return concerns && file.content() instanceof XlConfiguration.Result.Refused(String why)
                    ? Stream.of(
                            new Unread(file.path(), "it is no configuration of xl that can be relied on: " + why, null))
                    : Stream.empty();
        });
    }

    private Optional<Configuration> match(Wanted domain, Set<String> overridden, List<Unread> unread) {
        List<Configuration> matching = new ArrayList<>();
        for (File file : files.values()) {
            if (file.content() instanceof XlConfiguration.Result.Read(XlConfiguration is)
                    && is.name().equals(domain.name())
                    && (is.uuid() == null || is.uuid().equals(domain.handle()))) {
                matching.add(new Configuration(file.path(), file.sha256(), is.name(), is.uuid(), is.disks()));
            }
        }
        String what = "the configuration of " + domain.name();
        Set<String> sums = matching.stream().map(Configuration::sha256).collect(Collectors.toSet());
        if (sums.size() > 1) {
            unread.add(new Unread(
                    what,
                    "several files describe it and differ: "
                            + matching.stream().map(Configuration::path).collect(Collectors.joining(", ")),
                    null));
            return Optional.empty();
        }
        if (matching.stream().anyMatch(it -> overridden.contains(it.path()))) {
            unread.add(new Unread(what, "it was started with settings on the command line, which no file has", null));
            return Optional.empty();
        }
        return matching.stream().findFirst();
    }

    /** A file of the right name may be a copy with other disks; from such a one nothing is started. */
    private void leaveOutOthers(List<Wanted> domains, Map<Integer, Configuration> found, List<Unread> unread)
            throws InterruptedException {
        if (found.isEmpty()) {
            return;
        }
        Map<Integer, RunningDisks> running = running();
        for (Wanted domain : domains) {
            Configuration file = found.get(domain.domid());
            RunningDisks disks = running.get(domain.domid());
            if (file != null && disks != null) {
                disks.differs(file.disks()).ifPresent(why -> {
                    found.remove(domain.domid());
                    unread.add(new Unread("the configuration of " + domain.name(), file.path() + ": " + why, null));
                });
            }
        }
    }

    /** Where they cannot be read, or another domain than dom0 serves them, nothing is compared. */
    private Map<Integer, RunningDisks> running() throws InterruptedException {
        String line = "timeout -k 1 " + Math.max(1, limit.toSeconds()) + " xenstore-ls -f " + RunningDisks.BACKENDS;
        HostCommand command = HostCommand.tools(limit.plusSeconds(1), line);
        return access.run(new HostCommand(command.line(), command.limit(), MOST_BACKEND_BYTES))
                                instanceof CommandResult.Completed done
                        && done.exitStatus() == 0
                ? RunningDisks.read(done.stdout())
                : Map.of();
    }

    private List<String> listed() throws InterruptedException {
        List<String> paths = new ArrayList<>();
        for (String folder : List.of("/etc/xen", "/etc/xen/auto")) {
            if (access.run(HostCommand.tools(limit, "ls -1 " + folder)) instanceof CommandResult.Completed listing
                    && listing.exitStatus() == 0) {
                listing.stdout()
                        .lines()
                        .filter(name -> FILE_NAME.matcher(name).matches())
                        .filter(name -> folder.endsWith("auto") || name.endsWith(".cfg"))
                        .map(name -> folder + "/" + name)
                        .forEach(paths::add);
            }
        }
        return paths;
    }

    private Map<String, File> read(List<String> paths) throws InterruptedException {
        if (paths.isEmpty()) {
            return Map.of();
        }
        Map<String, String> sums = sums(paths);
        Map<String, File> read = new LinkedHashMap<>();
        for (String path : paths) {
            String sum = sums.get(path);
            File before = files.get(path);
            if (before != null && before.sha256().equals(sum)) {
                read.put(path, before);
            } else {
                content(path, sum).ifPresent(file -> read.put(path, file));
            }
        }
        return read;
    }

    private Map<String, String> sums(List<String> paths) throws InterruptedException {
        String words = paths.stream().map(HostCommand::quote).collect(Collectors.joining(" "));
        Map<String, String> sums = new HashMap<>();
        // Of a file that is not there it complains and goes on, so its status says little.
        if (access.run(HostCommand.tools(limit, "sha256sum " + words)) instanceof CommandResult.Completed done) {
            done.stdout()
                    .lines()
                    .map(SUM::matcher)
                    .filter(Matcher::matches)
                    .forEach(line -> sums.put(line.group(2), line.group(1)));
        }
        return sums;
    }

    private Optional<File> content(String path, @Nullable String sum) throws InterruptedException {
        HostCommand command = HostCommand.tools(limit, "cat " + HostCommand.quote(path));
        if (!(access.run(new HostCommand(command.line(), limit, MOST_BYTES)) instanceof CommandResult.Completed done)
                || done.exitStatus() != 0) {
            return Optional.empty();
        }
        String actual = sha256(done.stdout().getBytes(StandardCharsets.UTF_8));
        if (sum != null && !sum.equals(actual)) {
            String why = "it changed while it was read, or is no UTF-8";
            return Optional.of(new File(path, sum, new XlConfiguration.Result.Refused(why)));
        }
        return Optional.of(new File(path, actual, XlConfiguration.read(done.stdout())));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * How an {@code xl create} was called.
     *
     * @param path of the file, where it is an absolute one; another cannot be found again
     * @param changed whether settings on the command line change what the file says
     */
    record Started(Optional<String> path, boolean changed) {
        static Started by(String args) {
            List<String> words = Arrays.asList(args.split("\\s+"));
            int create = words.indexOf("create");
            List<String> rest = create < 0 ? List.of() : words.subList(create + 1, words.size());
            List<String> given =
                    rest.stream().filter(word -> !word.startsWith("-")).toList();
            Optional<String> path = given.stream()
                    .findFirst()
                    .filter(word -> PATH.matcher(word).matches())
                    .or(() -> rest.stream()
                            .filter(word -> word.startsWith("--defconfig=") || word.startsWith("-f="))
                            .map(word -> word.substring(word.indexOf('=') + 1))
                            .filter(word -> PATH.matcher(word).matches())
                            .findFirst());
            return new Started(path, given.size() > 1);
        }
    }
}
