package io.paramedic.deploy.screen;

import java.util.ArrayList;
import java.util.List;

/** A table whose columns are as wide as their widest cell. Colour is put on whole lines or last cells, after the widths. */
public final class Columns {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> right;

    /** @param right for each column, whether it is aligned to the right */
    public Columns(List<Boolean> right) {
        this.right = right;
    }

    public void add(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    public List<String> lines() {
        int[] widths = new int[right.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String padding = " ".repeat(widths[i] - length(row.get(i)));
            line.append(i == 0 ? "" : "  ").append(right.get(i) ? padding + row.get(i) : row.get(i) + padding);
        }
        return line.toString().stripTrailing();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
