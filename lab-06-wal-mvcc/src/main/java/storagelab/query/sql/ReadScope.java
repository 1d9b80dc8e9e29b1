package storagelab.query.sql;

import org.jspecify.annotations.Nullable;
import storagelab.query.DatabaseTransaction;
import storagelab.query.Row;
import storagelab.query.plan.RowCursor;

/** The transaction in which a statement reads: that of the session, or one that ends with the statement. */
final class ReadScope implements AutoCloseable {
    private final DatabaseTransaction transaction;
    private final boolean isOwn;

    private ReadScope(DatabaseTransaction transaction, boolean isOwn) {
        this.transaction = transaction;
        this.isOwn = isOwn;
    }

    static ReadScope of(SqlSession session) {
        return session.transaction()
                .map(open -> new ReadScope(open, false))
                .orElseGet(() ->
                        new ReadScope(session.database().begin(session.options().isolation()), true));
    }

    DatabaseTransaction transaction() {
        return transaction;
    }

    /** Says that everything was read. A serializable transaction may find here that it has read what cannot be together. */
    void complete() {
        if (isOwn) {
            transaction.commit();
        }
    }

    @Override
    public void close() {
        if (isOwn) {
            transaction.close();
        }
    }

    /** The same rows. The transaction ends after the last one, or when the cursor is closed. */
    RowCursor closing(RowCursor rows) {
        return new RowCursor() {
            private boolean hasEnded;

            @Override
            public @Nullable Row next() {
                if (hasEnded) {
                    return null;
                }
                Row row = rows.next();
                if (row == null) {
                    hasEnded = true;
                    rows.close();
                    complete();
                }
                return row;
            }

            @Override
            public void close() {
                hasEnded = true;
                rows.close();
                ReadScope.this.close();
            }
        };
    }
}
