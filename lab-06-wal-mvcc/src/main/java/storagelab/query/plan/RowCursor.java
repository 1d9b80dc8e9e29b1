package storagelab.query.plan;

import org.jspecify.annotations.Nullable;
import storagelab.query.Row;

/**
 * Rows that are asked for one by one. A row is found when it is asked for, so that one who stops early has not paid for the rest.
 *
 * <p>Concurrency: one thread at a time.
 */
public interface RowCursor extends AutoCloseable {
    /** The next row; null after the last. */
    @Nullable
    Row next();

    /** Releases what the cursor holds. Closing twice does nothing. */
    @Override
    void close();
}
