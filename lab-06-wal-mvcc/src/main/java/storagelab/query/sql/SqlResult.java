package storagelab.query.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.query.Column;
import storagelab.query.Row;
import storagelab.query.plan.Explanation;
import storagelab.query.plan.RowCursor;

/**
 * What a statement has returned: rows that are found when they are asked for, or the number of rows that it has changed.
 *
 * <p>A result with rows holds the state that it reads until its last row was read, or it is closed.
 *
 * <p>Concurrency: one thread at a time, as its session.
 */
public final class SqlResult implements AutoCloseable {
    private final List<Column> columns;
    private final @Nullable RowCursor rows;
    private final long updateCount;
    private final @Nullable Explanation explanation;

    private SqlResult(
            List<Column> columns, @Nullable RowCursor rows, long updateCount, @Nullable Explanation explanation) {
        this.columns = columns;
        this.rows = rows;
        this.updateCount = updateCount;
        this.explanation = explanation;
    }

    static SqlResult rows(List<Column> columns, RowCursor rows) {
        return new SqlResult(columns, rows, 0, null);
    }

    static SqlResult changed(long rows) {
        return new SqlResult(List.of(), null, rows, null);
    }

    static SqlResult explained(List<Column> columns, RowCursor lines, Explanation explanation) {
        return new SqlResult(columns, lines, 0, explanation);
    }

    /** The columns of the rows; none if the statement does not return rows. */
    public List<Column> columns() {
        return columns;
    }

    /** Whether the statement returns rows, be it none of them. */
    public boolean hasRows() {
        return rows != null;
    }

    /** How many rows the statement has inserted, updated or deleted; 0 for other statements. */
    public long updateCount() {
        return updateCount;
    }

    /** What EXPLAIN tells, of which the rows are the text. */
    public Optional<Explanation> explanation() {
        return Optional.ofNullable(explanation);
    }

    /** The next row; null after the last. */
    public @Nullable Row next() {
        RowCursor cursor = rows;
        if (cursor == null) {
            return null;
        }
        Row row = cursor.next();
        if (row == null) {
            cursor.close();
        }
        return row;
    }

    /** All rows that were not read yet. */
    public List<Row> toList() {
        List<Row> all = new ArrayList<>();
        for (Row row = next(); row != null; row = next()) {
            all.add(row);
        }
        return all;
    }

    /** Releases what the result holds. Closing twice does nothing. */
    @Override
    public void close() {
        if (rows != null) {
            rows.close();
        }
    }
}
