package io.paramedic.deploy.broker;

import io.paramedic.deploy.broker.BrokerCannotStart.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Turns what the file system answers into sentences about the data directory. */
final class DirectoryFailures {
    private DirectoryFailures() {}

    @FunctionalInterface
    interface FileAction<T> {
        T run() throws IOException;
    }

    static <T> T translate(Path directory, FileAction<T> action) throws BrokerCannotStart {
        try {
            return action.run();
        } catch (IOException failed) {
            throw translated(directory, failed);
        }
    }

    static BrokerCannotStart translated(Path directory, IOException failed) {
        String why = why(failed);
        if (isDiskFull(failed)) {
            return new BrokerCannotStart(
                    Reason.DISK_FULL,
                    "The file system of the broker's data in %s is full (%s). Make room, or give another directory."
                            .formatted(directory, why),
                    failed);
        }
        if (failed instanceof FileAlreadyExistsException) {
            return new BrokerCannotStart(
                    Reason.DIRECTORY_UNUSABLE,
                    "The broker's data cannot go to %s: that is not a directory. Give another directory."
                            .formatted(directory),
                    failed);
        }
        return new BrokerCannotStart(
                Reason.DIRECTORY_UNUSABLE,
                "The broker's data directory %s cannot be used: %s. Make it writable for user %s, or give another directory."
                        .formatted(directory, why, System.getProperty("user.name")),
                failed);
    }

    /** Whether this failure, or one that caused it, is the disk being full. */
    static boolean isDiskFull(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("no space left on device") || message.contains("disk quota exceeded")) {
                return true;
            }
        }
        return false;
    }

    private static String why(IOException failed) {
        return switch (failed) {
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case NoSuchFileException missing -> "nothing can be created at " + missing.getFile();
            case FileSystemException other when other.getReason() != null -> other.getFile() + ": " + other.getReason();
            default -> failed.toString();
        };
    }
}
