package io.paramedic.deploy.simulation.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every command that reached one host, in the order in which they started, kept by the host itself: the truth that a test
 * holds against what a client believes. It is only ever added to, in memory and in a file of one line per start and end.
 */
public final class HostRecord {
    /** What a command was. */
    public enum Kind {
        /** A command line that came over SSH. */
        LINE,
        /** One program of such a line, or of a process that outlived it. */
        PROGRAM
    }

    /**
     * One command.
     *
     * @param number from 1 on this host
     * @param within the number of the line that a program belongs to
     * @param words the line, or the words of the program
     * @param started time of the host's model, as is {@code ended}, which is missing while it runs
     * @param effects what it changed on the host, in order
     */
    public record Entry(
            long number,
            Kind kind,
            long within,
            String user,
            List<String> words,
            Instant started,
            @Nullable Instant ended,
            int status,
            List<String> effects) {
        /** The words with blanks between them. */
        public String command() {
            return String.join(" ", words);
        }
    }

    /** A command under way. */
    final class Running {
        private final Entry begun;
        private final List<String> effects = new ArrayList<>();
        private @Nullable Instant ended;
        private int status;

        private Running(Entry begun) {
            this.begun = begun;
        }

        long number() {
            return begun.number;
        }

        void effect(String effect) {
            synchronized (entries) {
                effects.add(effect);
            }
        }

        void end(Instant now, int exitStatus) {
            synchronized (entries) {
                ended = now;
                status = exitStatus;
                append("end\t%d\t%s\t%d\t%s".formatted(number(), now, exitStatus, String.join("; ", effects)));
            }
        }

        private Entry entry() {
            return new Entry(
                    begun.number,
                    begun.kind,
                    begun.within,
                    begun.user,
                    begun.words,
                    begun.started,
                    ended,
                    status,
                    List.copyOf(effects));
        }
    }

    private final List<Running> entries = new ArrayList<>();
    private final Path file;

    HostRecord(Path file) {
        this.file = file;
    }

    Running begin(Kind kind, long within, String user, List<String> words, Instant now) {
        synchronized (entries) {
            Running running = new Running(
                    new Entry(entries.size() + 1L, kind, within, user, List.copyOf(words), now, null, -1, List.of()));
            entries.add(running);
            append("start\t%d\t%s\t%s\twithin=%d\tuser=%s\t%s"
                    .formatted(running.number(), now, kind, within, user, visible(String.join(" ", words))));
            return running;
        }
    }

    /** All of them. */
    public List<Entry> entries() {
        synchronized (entries) {
            return entries.stream().map(Running::entry).toList();
        }
    }

    /** The command lines. */
    public List<Entry> lines() {
        return entries().stream().filter(entry -> entry.kind == Kind.LINE).toList();
    }

    /** The programs whose words begin with these, such as {@code xl destroy}. */
    public List<Entry> programs(String prefix) {
        return entries().stream()
                .filter(entry -> entry.kind == Kind.PROGRAM && (entry.command() + " ").startsWith(prefix + " "))
                .toList();
    }

    /** All that was changed on this host by commands, in the order of their starts. */
    public List<String> effects() {
        return entries().stream()
                .filter(entry -> entry.kind == Kind.PROGRAM)
                .flatMap(entry -> entry.effects.stream())
                .toList();
    }

    /** The file that holds the same. */
    public Path file() {
        return file;
    }

    private static String visible(String words) {
        return words.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }

    private void append(String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the record of a simulated host: " + file, e);
        }
    }
}
