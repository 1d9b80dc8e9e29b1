package storagelab.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of measurements under named columns. Cells are text in machine form: numbers have a decimal point and no
 * separators, so that a program can read them.
 *
 * @param columns what the cells mean
 * @param rows the cells, as many in each row as there are columns
 */
public record ResultTable(List<Column> columns, List<List<String>> rows) {
    private static final MathContext THREE_DIGITS = new MathContext(3);

    /**
     * The meaning of a column.
     *
     * @param name what was measured
     * @param unit in what, empty for plain numbers and words
     */
    public record Column(String name, String unit) {
        /** The name with its unit: {@code "time (ms)"}. */
        public String title() {
            return unit.isEmpty() ? name : name + " (" + unit + ")";
        }
    }

    /** Copies the cells; a row with more or fewer than there are columns is refused. */
    public ResultTable {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(row + " under " + columns.size() + " columns");
            }
        }
    }

    /** An empty table to collect measurements in. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects rows while they are measured. */
    public static final class Builder {
        private final List<Column> columns = new ArrayList<>();
        private final List<List<String>> rows = new ArrayList<>();

        private Builder() {}

        /** Appends a column of words or plain numbers. */
        public Builder column(String name) {
            return column(name, "");
        }

        /** Appends a column of numbers with a unit. */
        public Builder column(String name, String unit) {
            columns.add(new Column(name, unit));
            return this;
        }

        /** Appends a row: whole numbers as they are, fractions to three significant digits, anything else as text. */
        public Builder row(Object... cells) {
            List<String> row = new ArrayList<>();
            for (Object cell : cells) {
                row.add(text(cell));
            }
            rows.add(row);
            return this;
        }

        /** The table. */
        public ResultTable build() {
            return new ResultTable(columns, rows);
        }

        private static String text(Object cell) {
            if (cell instanceof Double number) {
                BigDecimal rounded = new BigDecimal(number).round(THREE_DIGITS);
                return (rounded.scale() < 0 ? rounded.setScale(0) : rounded).toPlainString();
            }
            return cell.toString();
        }
    }
}
