package io.paramedic.collector.access.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Keeps the host keys that a person approved. */
public final class HostKeys {
    /** What became of an approval. */
    public sealed interface Approval {
        /** The key is trusted from now on. */
        record Added(Path file) implements Approval {}

        /** It was trusted before; nothing was written. */
        record AlreadyKnown() implements Approval {}

        /** Nothing was written; the sentence says why and what to do. */
        record Refused(String sentence) implements Approval {}
    }

    private HostKeys() {}

    /**
     * Adds a host's key to a {@code known_hosts} file, but only if it is the one whose fingerprint a person approved,
     * and only if the file does not have another one for that host or revokes this one.
     *
     * @param file created with its folder where it does not exist; only its owner may then read it
     * @param approved {@code SHA256:…}
     * @param presented the key that the host presented just now
     * @throws IOException if the file cannot be read or written
     */
    public static synchronized Approval approve(Path file, String host, int port, String approved, HostKey presented)
            throws IOException {
        String name = KnownHosts.nameOf(host, port);
        if (!presented.hasFingerprint(approved)) {
            return new Approval.Refused(
                    "%s presents the key %s, not the approved %s; nothing was trusted. Compare with the host's console."
                            .formatted(name, presented, approved));
        }
        return switch (KnownHosts.read(List.of(file)).verdict(host, port, presented)) {
            case KnownHosts.Verdict.Trusted() -> new Approval.AlreadyKnown();
            case KnownHosts.Verdict.Changed(var known) ->
                new Approval.Refused(
                        "%s has another key at %s; remove that line first if the host was really reinstalled."
                                .formatted(name, known.getFirst().place()));
            case KnownHosts.Verdict.Revoked(var by) ->
                new Approval.Refused("The key %s is revoked at %s.".formatted(presented, by.place()));
            case KnownHosts.Verdict.Unknown(var _) -> {
                append(file, name + " " + presented.type() + " " + presented.base64() + "\n");
                yield new Approval.Added(file);
            }
        };
    }

    private static void append(Path file, String line) throws IOException {
        create(file);
        // The lock is for other processes; between threads of this one the method is synchronized.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assert lock.isValid();
            long end = channel.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            boolean broken = end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
            ByteBuffer bytes = ByteBuffer.wrap((broken ? "\n" + line : line).getBytes(StandardCharsets.US_ASCII));
            channel.position(end);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void create(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.exists(folder)) {
            Files.createDirectories(folder, only("rwx------"));
        }
        try {
            Files.createFile(file, only("rw-------"));
        } catch (FileAlreadyExistsException e) {
            // Ours from an earlier approval.
            return;
        }
    }

    private static FileAttribute<?> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
