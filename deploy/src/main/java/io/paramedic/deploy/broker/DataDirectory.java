package io.paramedic.deploy.broker;

import io.paramedic.deploy.broker.BrokerCannotStart.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The broker's data directory while this process has it to itself.
 *
 * <pre>
 * broker.lock         locked by the process that uses the directory
 * broker.owner        its pid and servers, for the sentence that a second one prints
 * broker.properties   the format, written before any data
 * kafka/              what Kafka writes
 * </pre>
 */
final class DataDirectory implements AutoCloseable {
    static final String FORMAT = "broker.properties";
    private static final String LOCK = "broker.lock";
    static final String OWNER = "broker.owner";

    /**
     * The directories in use by this process. Asked before the lock file is opened, because closing any channel on a
     * file gives up all of the process's POSIX locks on it: a second start here would silently unlock the first.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel lock;

    private DataDirectory(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Takes the directory, creating and marking it when it is new.
     *
     * @throws BrokerCannotStart when it cannot be written, is in use, is somebody else's, is newer, or is nearly full
     */
    static DataDirectory take(Path wanted, long leastFreeBytes) throws BrokerCannotStart {
        Path directory = DirectoryFailures.translate(wanted, () -> create(wanted));
        if (!HELD.add(directory)) {
            throw inUse(directory, ProcessHandle.current().pid() + ", this process");
        }
        DataDirectory taken = null;
        try {
            taken = new DataDirectory(directory, lock(directory));
            taken.prepare(leastFreeBytes);
            return taken;
        } catch (BrokerCannotStart refused) {
            release(directory, taken);
            throw refused;
        }
    }

    /** Where Kafka keeps its logs. */
    Path kafka() {
        return directory.resolve("kafka");
    }

    Path path() {
        return directory;
    }

    /** Notes who serves from here and where, for people and for the sentence that a second process prints. */
    void noteServers(String bootstrapServers) throws BrokerCannotStart {
        String owner = ProcessHandle.current().pid() + " " + bootstrapServers + "\n";
        DirectoryFailures.translate(
                directory, () -> Files.writeString(directory.resolve(OWNER), owner, StandardCharsets.UTF_8));
    }

    /** How much room its file system has, in words. */
    String room() {
        try {
            return (Files.getFileStore(directory).getUsableSpace() >> 20) + " MiB free";
        } catch (IOException gone) {
            return "gone (" + gone + ")";
        }
    }

    @Override
    public void close() {
        release(directory, this);
    }

    private static Path create(Path wanted) throws IOException {
        if (!Files.isDirectory(wanted)) {
            Files.createDirectories(wanted);
            if (Files.getFileStore(wanted).supportsFileAttributeView("posix")) {
                // Nobody else's business: the log holds names of hosts and VMs.
                Files.setPosixFilePermissions(wanted, PosixFilePermissions.fromString("rwx------"));
            }
        }
        return wanted.toRealPath();
    }

    private static FileChannel lock(Path directory) throws BrokerCannotStart {
        FileChannel channel = DirectoryFailures.translate(
                directory,
                () -> FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        FileLock held = null;
        try {
            held = DirectoryFailures.translate(directory, channel::tryLock);
            if (held == null) {
                throw inUse(directory, owner(directory));
            }
            return channel;
        } finally {
            if (held == null) {
                closeQuietly(channel);
            }
        }
    }

    private static String owner(Path directory) {
        try {
            return Files.readString(directory.resolve(OWNER), StandardCharsets.UTF_8)
                    .strip()
                    .replace(" ", ", serving ");
        } catch (IOException unknown) {
            return "not noted yet";
        }
    }

    private static BrokerCannotStart inUse(Path directory, String owner) {
        return new BrokerCannotStart(
                Reason.DIRECTORY_IN_USE,
                "The broker's data in %s is in use by another broker (pid %s). Use that one, stop it first, or give another directory."
                        .formatted(directory, owner));
    }

    private void prepare(long leastFreeBytes) throws BrokerCannotStart {
        DirectoryFormat format = readFormat();
        if (format != null) {
            format.requireReadable(directory.toString());
        } else {
            requireEmpty();
        }
        requireRoom(leastFreeBytes);
        if (format == null) {
            DirectoryFailures.translate(directory, this::writeFormat);
        }
        DirectoryFailures.translate(directory, () -> Files.createDirectories(kafka()));
    }

    private @Nullable DirectoryFormat readFormat() throws BrokerCannotStart {
        Path file = directory.resolve(FORMAT);
        if (!Files.exists(file)) {
            return null;
        }
        Properties mark = DirectoryFailures.translate(directory, () -> {
            Properties read = new Properties();
            try (InputStream in = Files.newInputStream(file)) {
                read.load(in);
            }
            return read;
        });
        try {
            return DirectoryFormat.from(mark);
        } catch (NumberFormatException damaged) {
            throw new BrokerCannotStart(
                    Reason.DIRECTORY_FOREIGN,
                    "%s does not say in which format the broker's data beside it is. Restore the file, or give another directory."
                            .formatted(file),
                    damaged);
        }
    }

    /** Data without a mark is not ours: the mark is written first. */
    private void requireEmpty() throws BrokerCannotStart {
        Set<String> own = Set.of(LOCK, OWNER, FORMAT + ".new", "lost+found");
        List<String> others = DirectoryFailures.translate(directory, () -> {
            try (Stream<Path> entries = Files.list(directory)) {
                return entries.map(entry -> String.valueOf(entry.getFileName()))
                        .filter(name -> !own.contains(name))
                        .sorted()
                        .limit(3)
                        .toList();
            }
        });
        if (!others.isEmpty()) {
            throw new BrokerCannotStart(
                    Reason.DIRECTORY_FOREIGN,
                    "%s holds files that this broker did not write (%s). Give an empty directory or a new name."
                            .formatted(directory, String.join(", ", others)));
        }
    }

    private void requireRoom(long leastFreeBytes) throws BrokerCannotStart {
        long free = DirectoryFailures.translate(
                directory, () -> Files.getFileStore(directory).getUsableSpace());
        if (free < leastFreeBytes) {
            throw new BrokerCannotStart(
                    Reason.DISK_FULL,
                    "The file system of the broker's data in %s has %d MiB free; a start needs %d MiB. Make room, or give another directory."
                            .formatted(directory, free >> 20, leastFreeBytes >> 20));
        }
    }

    private Path writeFormat() throws IOException {
        Path fresh = directory.resolve(FORMAT + ".new");
        try (FileChannel channel = FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(channel)) {
            DirectoryFormat.current().mark().store(out, "How the data in this directory is laid out. Do not edit.");
            channel.force(true);
        }
        return Files.move(fresh, directory.resolve(FORMAT), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void release(Path directory, @Nullable DataDirectory taken) {
        if (taken != null) {
            closeQuietly(taken.lock);
        }
        HELD.remove(directory);
    }

    /** Nothing was written through these channels, so a failing close loses nothing. */
    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // The descriptor is gone either way, and the lock with it.
        }
    }
}
