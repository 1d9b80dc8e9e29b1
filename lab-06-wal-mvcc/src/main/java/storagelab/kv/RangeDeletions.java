package storagelab.kv;

import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.WriteBatch;

/** The deletions of all keys of a range, as one batch. */
final class RangeDeletions {
    /** At most so many keys are deleted at once: their batch is in memory, and a record of the log. */
    static final int KEYS_MAX = 1_000_000;

    private RangeDeletions() {}

    /**
     * The deletions of all keys that {@code cursor} has.
     *
     * @throws IllegalArgumentException if they are too many
     */
    static WriteBatch of(Cursor cursor, KeyRange range) {
        return of(cursor, range, KEYS_MAX);
    }

    /** As the other one, with another limit. */
    static WriteBatch of(Cursor cursor, KeyRange range, int keysMax) {
        WriteBatch batch = new WriteBatch();
        int keys = 0;
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            if (++keys > keysMax) {
                throw new IllegalArgumentException("the range " + range + " has more than " + keysMax
                        + " keys, which is the most that can be deleted at once: delete it in parts, each of which is"
                        + " atomic by itself");
            }
            batch.delete(cursor.key());
        }
        return batch;
    }
}
