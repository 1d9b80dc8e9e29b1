package storagelab.grader.demo;

import com.google.common.base.Strings;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import storagelab.experiment.ResultTable;

/** A result table as text: columns for people, commas for programs. */
final class TableText {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d)(?=(\\d{3})+$)");

    private TableText() {}

    /** Aligned columns under a rule; numbers to the right, with thousands separated. */
    static String aligned(ResultTable table) {
        int columns = table.columns().size();
        List<String> lines = new ArrayList<>(List.of("", ""));
        for (int column = 0; column < columns; column++) {
            boolean numeric = isNumeric(table, column);
            List<String> cells =
                    new ArrayList<>(List.of(table.columns().get(column).title()));
            for (List<String> row : table.rows()) {
                cells.add(grouped(row.get(column)));
            }
            int width = cells.stream().mapToInt(String::length).max().orElse(0);
            append(lines, 0, pad(cells.get(0), width, numeric));
            append(lines, 1, "─".repeat(width));
            for (int row = 1; row < cells.size(); row++) {
                append(lines, row + 1, pad(cells.get(row), width, numeric));
            }
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.stripTrailing()).append('\n'));
        return text.toString();
    }

    /** Comma-separated values, the units in the header. */
    static String csv(ResultTable table) {
        StringBuilder text = new StringBuilder();
        appendCsvLine(
                text, table.columns().stream().map(ResultTable.Column::title).toList());
        table.rows().forEach(row -> appendCsvLine(text, row));
        return text.toString();
    }

    private static void appendCsvLine(StringBuilder text, List<String> cells) {
        String separator = "";
        for (String cell : cells) {
            boolean quoted = cell.contains(",") || cell.contains("\"") || cell.contains("\n");
            text.append(separator).append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
            separator = ",";
        }
        text.append('\n');
    }

    private static boolean isNumeric(ResultTable table, int column) {
        return table.rows().stream()
                .map(row -> row.get(column))
                .allMatch(cell -> cell.equals("–") || NUMBER.matcher(cell).matches());
    }

    private static String grouped(String cell) {
        if (!NUMBER.matcher(cell).matches()) {
            return cell;
        }
        int point = cell.indexOf('.') < 0 ? cell.length() : cell.indexOf('.');
        return THOUSANDS.matcher(cell.substring(0, point)).replaceAll(",") + cell.substring(point);
    }

    private static String pad(String cell, int width, boolean right) {
        return right ? Strings.padStart(cell, width, ' ') : Strings.padEnd(cell, width, ' ');
    }

    private static void append(List<String> lines, int index, String cell) {
        while (lines.size() <= index) {
            lines.add("");
        }
        String line = lines.get(index);
        lines.set(index, line.isEmpty() ? cell : line + "  " + cell);
    }
}
