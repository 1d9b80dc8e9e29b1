package storagelab.grader.bench.lab06;

import java.util.List;
import storagelab.api.Slice;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.KeyColumn;
import storagelab.query.KeyEncoding;
import storagelab.query.Row;

/** Keys of cities: the country, the population, the largest first, and the id. */
final class CityKeys {
    /** How long a key is: two letters and the end of a text, an INT, a BIGINT. */
    static final int BYTES = 2 + 2 + Integer.BYTES + Long.BYTES;

    private static final int LETTERS = 26;

    private CityKeys() {}

    static KeyEncoding encoding() {
        return new KeyEncoding(
                Slice.EMPTY,
                List.of(
                        KeyColumn.ascending(Column.required("country", ColumnType.TEXT)),
                        KeyColumn.descending(Column.required("population", ColumnType.INT)),
                        KeyColumn.ascending(Column.required("id", ColumnType.BIGINT))));
    }

    /** A row that depends on {@code number}. */
    static Row row(long number) {
        int letters = (int) Long.remainderUnsigned(number, LETTERS * LETTERS);
        String country = "" + (char) ('A' + letters / LETTERS) + (char) ('A' + letters % LETTERS);
        return Row.of(country, (int) (number >>> Integer.SIZE), number);
    }
}
