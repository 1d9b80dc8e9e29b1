package storagelab.kv;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import storagelab.api.Cursor;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;

/**
 * Deletes values that have expired, some at a time, in the order of their keys.
 *
 * <p>A hundred deletions are a transaction, which has read the values: if one of the keys is written meanwhile, it is refused, and
 * its values are left for the next round. Otherwise a value that was just put could be deleted because the one before it had
 * expired.
 *
 * <p>Concurrency: one sweep at a time; others wait.
 */
final class Sweeper {
    private static final int DELETIONS = 100;

    private final CrashSafeStore store;
    private final InstantSource clock;
    private Slice from = Slice.EMPTY; // where the next sweep begins; guarded by this

    Sweeper(CrashSafeStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** As {@link ExpiringStore#sweep} says. */
    synchronized long sweep(int entriesMax) {
        if (entriesMax < 1) {
            throw new IllegalArgumentException("a sweep over " + entriesMax + " entries");
        }
        long deleted = 0;
        int left = entriesMax;
        do {
            Sweep done = sweepSome(left);
            deleted += done.deleted;
            left -= done.entries;
        } while (left > 0 && !from.isEmpty());
        return deleted;
    }

    /**
     * A part of a sweep.
     *
     * @param entries that were looked at
     * @param deleted of them
     */
    private record Sweep(int entries, int deleted) {}

    /** Looks at entries until it has a hundred to delete, and deletes them. */
    private Sweep sweepSome(int entriesMax) {
        int entries = 0;
        List<Slice> expired = new ArrayList<>();
        try (Transaction transaction = store.begin(Isolation.SNAPSHOT)) {
            long now = clock.millis();
            try (Cursor cursor = transaction.cursor(KeyRange.from(from))) {
                cursor.seekToFirst();
                for (; cursor.isValid() && entries < entriesMax && expired.size() < DELETIONS; cursor.next()) {
                    entries++;
                    if (ExpiringValue.expiryMillis(cursor.value()) <= now) {
                        expired.add(cursor.key());
                    }
                }
                from = cursor.isValid() ? cursor.key() : Slice.EMPTY;
            }
            expired.forEach(transaction::delete);
            transaction.commit();
            return new Sweep(entries, expired.size());
        } catch (TransactionConflictException e) {
            return new Sweep(entries, 0); // a key was written meanwhile: the next round finds those that are left
        }
    }
}
