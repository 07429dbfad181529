package io.paramedic.deploy.demo;

import java.io.PrintWriter;
import java.util.List;

/** Brings scenes to whoever watches. */
sealed interface Display extends AutoCloseable {
    void show(Scene scene);

    @Override
    void close();

    /** Lines, one after the other. */
    record Lines(PlainLines lines, PrintWriter out) implements Display {
        @Override
        public void show(Scene scene) {
            lines.news(scene).forEach(out::println);
            out.flush();
        }

        @Override
        public void close() {
            out.flush();
        }
    }

    /**
     * A terminal that is painted again with each scene, on its other screen, so that what stood there before comes back and
     * the closing words stand below it.
     */
    record Painted(PrintWriter out, int columns, int rows, boolean colour) implements Display {
        private static final String BEGIN = "\033[?1049h\033[?25l\033[2J";
        private static final String END = "\033[?25h\033[?1049l";
        private static final String HOME = "\033[H";
        private static final String REST_OF_LINE = "\033[K";
        private static final String REST_OF_SCREEN = "\033[J";

        static Painted begin(PrintWriter out, int columns, int rows, boolean colour) {
            out.print(BEGIN);
            out.flush();
            return new Painted(out, columns, rows, colour);
        }

        @Override
        public void show(Scene scene) {
            List<String> lines = DemoShow.lines(scene, columns, rows - 1, colour);
            out.print(HOME + String.join(REST_OF_LINE + "\r\n", lines) + REST_OF_LINE + "\r\n" + REST_OF_SCREEN);
            out.flush();
        }

        @Override
        public void close() {
            out.print(END);
            out.flush();
        }
    }
}
