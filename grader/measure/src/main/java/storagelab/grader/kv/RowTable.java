package storagelab.grader.kv;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.grader.cli.Json;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.Row;
import storagelab.query.sql.SqlResult;

/** Prints rows: as a table whose columns are as wide as the first rows need, or as JSON, one object a line. */
final class RowTable {
    /** Rows that are looked at before the first is printed. */
    private static final int MEASURED_ROWS = 1_000;

    private final KvSession session;
    private final KvOptions options;

    RowTable(KvSession session, KvOptions options) {
        this.session = session;
        this.options = options;
    }

    /** Prints all rows of {@code result}. */
    void print(SqlResult result) {
        if (options.isJson()) {
            for (Row row = result.next(); row != null && !isGone(); row = result.next()) {
                session.checkNotInterrupted();
                session.context().out().println(Json.line(object(result.columns(), row)));
            }
            return;
        }
        long count = printTable(result);
        session.context().out().println("(" + SqlRunner.rows(count) + ")");
    }

    private long printTable(SqlResult result) {
        List<Column> columns = result.columns();
        List<List<String>> first = new ArrayList<>();
        Row next = result.next();
        while (next != null && first.size() < MEASURED_ROWS) {
            first.add(cells(next));
            next = result.next();
        }
        int[] widths = widths(columns, first);
        List<String> names = columns.stream().map(Column::name).toList();
        session.context().out().println(line(names, columns, widths));
        session.context().out().println(rule(widths));
        first.forEach(cells -> session.context().out().println(line(cells, columns, widths)));
        long count = first.size();
        while (next != null && !isGone()) {
            session.checkNotInterrupted();
            session.context().out().println(line(cells(next), columns, widths));
            count++;
            next = result.next();
        }
        return count;
    }

    private boolean isGone() {
        return session.context().out().checkError();
    }

    private static int[] widths(List<Column> columns, List<List<String>> rows) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).name().length();
            for (List<String> row : rows) {
                widths[i] = Math.max(
                        widths[i], row.get(i).codePointCount(0, row.get(i).length()));
            }
        }
        return widths;
    }

    private static String rule(int[] widths) {
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            rule.append(i == 0 ? "" : "+").append("-".repeat(widths[i] + (i == 0 ? 1 : 2)));
        }
        return rule.toString();
    }

    private static String line(List<String> cells, List<Column> columns, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String space = " ".repeat(Math.max(0, widths[i] - cell.codePointCount(0, cell.length())));
            line.append(i == 0 ? "" : " | ").append(isNumber(columns.get(i)) ? space + cell : cell + space);
        }
        return line.toString().stripTrailing();
    }

    private static boolean isNumber(Column column) {
        return column.type() == ColumnType.INT
                || column.type() == ColumnType.BIGINT
                || column.type() == ColumnType.DOUBLE;
    }

    private static List<String> cells(Row row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            cells.add(cell(row.get(i)));
        }
        return cells;
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String text) {
            return BytesText.ESCAPED.print(Slice.utf8(text));
        }
        return value instanceof Slice bytes ? "x'" + BytesText.HEX.print(bytes) + "'" : value.toString();
    }

    private static Map<String, @Nullable Object> object(List<Column> columns, Row row) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            object.put(columns.get(i).name(), json(row.get(i)));
        }
        return object;
    }

    private static @Nullable Object json(@Nullable Object value) {
        if (value instanceof Slice bytes) {
            return BytesText.HEX.print(bytes);
        }
        boolean isNoNumber = value instanceof Double number && (number.isNaN() || number.isInfinite());
        return value instanceof Instant || isNoNumber ? String.valueOf(value) : value;
    }
}
