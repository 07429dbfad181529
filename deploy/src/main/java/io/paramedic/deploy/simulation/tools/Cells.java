package io.paramedic.deploy.simulation.tools;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** How C and OCaml print what tables hold. */
final class Cells {
    private static final double NANOS = 1e9;

    private Cells() {}

    /** {@code printf("%.1f", (float) nanos / 1e9)}: a float first, then rounded half to even on its exact value. */
    static String seconds(long nanos) {
        return new BigDecimal((float) nanos / NANOS)
                .setScale(1, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.codePointCount(0, text.length()))) + text;
    }

    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
    }

    /** Right-justified columns with {@code " | "} between them, as {@code list_domains} prints (toolstack facts §1.2). */
    static String table(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < rows.getFirst().size(); column++) {
            int c = column;
            widths.add(rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0));
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                text.append(column == 0 ? "" : " | ").append(right(row.get(column), widths.get(column)));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
