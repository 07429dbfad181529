package io.paramedic.collector.dialect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * What may happen to output on its way. Places are taken modulo the length of the text. A stretch is shorter than a row
 * of any of the tables, because rows joined at the same column cannot be told from a row.
 */
sealed interface Damage {
    int STRETCH = 40;

    /** Damages {@code text}; {@code other} is another output of the same tool. */
    String apply(String text, String other);

    /**
     * Whether text that was never printed came in, or whole pieces were mixed, so that no number changed its digits.
     */
    default boolean keepsNumbers() {
        return true;
    }

    record Truncated(int at) implements Damage {
        @Override
        public String apply(String text, String other) {
            return text.substring(0, at % (text.length() + 1));
        }
    }

    record Deleted(int at, int length) implements Damage {
        @Override
        public String apply(String text, String other) {
            int from = at % (text.length() + 1);
            return text.substring(0, from) + text.substring(Math.min(text.length(), from + length));
        }

        @Override
        public boolean keepsNumbers() {
            return false;
        }
    }

    record Doubled(int at, int length) implements Damage {
        @Override
        public String apply(String text, String other) {
            int from = at % (text.length() + 1);
            int to = Math.min(text.length(), from + length);
            return text.substring(0, to) + text.substring(from);
        }

        @Override
        public boolean keepsNumbers() {
            return false;
        }
    }

    record Inserted(int at, String junk) implements Damage {
        @Override
        public String apply(String text, String other) {
            int from = at % (text.length() + 1);
            return text.substring(0, from) + junk + text.substring(from);
        }

        @Override
        public boolean keepsNumbers() {
            // A line end in the middle of a number makes a smaller number of its first digits.
            return junk.endsWith("\n") && !junk.startsWith("\n");
        }
    }

    /** Lines of two outputs, in pieces of so many lines, by turns. */
    record Interleaved(List<Integer> pieces) implements Damage {
        @Override
        public String apply(String text, String other) {
            return Damage.mix(List.of(text.split("(?<=\n)")), List.of(other.split("(?<=\n)")), pieces);
        }
    }

    /**
     * One output that another one goes on from the middle of a line, as when two programs share a pipe; never at the
     * same column.
     */
    record Spliced(int at, int from) implements Damage {
        @Override
        public String apply(String text, String other) {
            int end = at % (text.length() + 1);
            int start = from % (other.length() + 1);
            if (column(text, end) == column(other, start)) {
                start = Math.min(other.length(), start + 1);
            }
            return column(text, end) == column(other, start) ? text : text.substring(0, end) + other.substring(start);
        }

        @Override
        public boolean keepsNumbers() {
            return false;
        }

        private static int column(String text, int at) {
            return at - text.lastIndexOf('\n', at - 1) - 1;
        }
    }

    /** Lines in another order. */
    record Swapped(int one, int two) implements Damage {
        @Override
        public String apply(String text, String other) {
            List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)")));
            Collections.swap(lines, one % lines.size(), two % lines.size());
            return String.join("", lines);
        }
    }

    /** Any of these, at any place. */
    static Arbitrary<Damage> any() {
        Arbitrary<Integer> place = Arbitraries.integers().between(0, 1 << 20);
        Arbitrary<Integer> length = Arbitraries.integers().between(1, STRETCH);
        Arbitrary<String> line = Arbitraries.of(
                "libxl: error: libxl_domain.c:2231:libxl_vm_get_start_time: Domain 13:Can't get start time of domain\n",
                "xc: error: Could not query dom 999's grant size: Internal error\n",
                "Warning, ignoring unknown argument: X",
                "cannot init xl context\n",
                "\n",
                "-bash: warning: setlocale: LC_ALL: cannot change locale (C.UTF-8)\n");
        Arbitrary<String> junk =
                Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(STRETCH);
        return Arbitraries.oneOf(List.of(
                place.map(Truncated::new),
                Combinators.combine(place, length).as(Deleted::new),
                Combinators.combine(place, length).as(Doubled::new),
                Combinators.combine(place, Arbitraries.oneOf(line, junk)).as(Inserted::new),
                Arbitraries.integers()
                        .between(1, 4)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(40)
                        .map(Interleaved::new),
                Combinators.combine(place, place).as(Spliced::new),
                Combinators.combine(place, place).as(Swapped::new)));
    }

    private static String mix(List<String> one, List<String> two, List<Integer> pieces) {
        StringBuilder mixed = new StringBuilder();
        int atOne = 0;
        int atTwo = 0;
        for (int i = 0; atOne < one.size() || atTwo < two.size(); i++) {
            int count = pieces.get(i % pieces.size());
            for (int n = 0; n < count; n++) {
                if (i % 2 == 0 && atOne < one.size()) {
                    mixed.append(one.get(atOne++));
                } else if (i % 2 == 1 && atTwo < two.size()) {
                    mixed.append(two.get(atTwo++));
                }
            }
        }
        return mixed.toString();
    }
}
