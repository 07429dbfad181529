package io.paramedic.deploy.cli;

import io.paramedic.deploy.screen.Paint;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What we are printed on. */
final class Terminal {
    /** When to paint; the names are the words of the option. */
    enum Colour {
        auto,
        always,
        never
    }

    private static final int UNKNOWN_WIDTH = 140;
    private static final int UNKNOWN_HEIGHT = 24;

    private Terminal() {}

    static boolean isOne() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    static Paint paint(Colour colour) {
        return switch (colour) {
            case always -> Paint.ON;
            case never -> Paint.OFF;
            case auto -> isOne() && System.getenv("NO_COLOR") == null ? Paint.ON : Paint.OFF;
        };
    }

    /** In characters; wide where it is none, because a file or a pipe has no edge. */
    static int width() {
        return size(1, UNKNOWN_WIDTH);
    }

    /** In lines; what most have where it is none. */
    static int height() {
        return size(0, UNKNOWN_HEIGHT);
    }

    private static int size(int which, int unknown) {
        if (!isOne()) {
            return unknown;
        }
        try {
            Process stty = new ProcessBuilder("sh", "-c", "stty size </dev/tty 2>/dev/null")
                    .redirectErrorStream(true)
                    .start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ");
            return size.length == 2 && Integer.parseInt(size[which]) > 0 ? Integer.parseInt(size[which]) : unknown;
        } catch (IOException | NumberFormatException e) {
            return unknown;
        }
    }

    static void clear(PrintWriter out) {
        out.print("\033[H\033[2J");
        out.flush();
    }

    /** Asks for the passphrase of a key; nobody can answer where there is no terminal. */
    static Optional<String> passphrase(Path key) {
        Console console = isOne() ? System.console() : null;
        char @Nullable [] answer = console == null ? null : console.readPassword("Passphrase for %s: ", key);
        return Optional.ofNullable(answer).map(String::new);
    }
}
