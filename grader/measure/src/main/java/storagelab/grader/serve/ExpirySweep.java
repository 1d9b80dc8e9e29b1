package storagelab.grader.serve;

import org.jspecify.annotations.Nullable;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.kv.UpdatableStore;

/**
 * Deletes values that have expired, a few at a time: each step looks at the next {@value #ENTRIES} entries, round and round. A value
 * that has expired is not seen by clients in any case; this gives its space back.
 *
 * <p>Concurrency: one thread at a time, the one that executes commands.
 */
final class ExpirySweep {
    private static final int ENTRIES = 500;

    private final UpdatableStore store;
    private final Keyspace keyspace;
    private @Nullable Slice next;
    private boolean hasSeenExpiry;

    ExpirySweep(UpdatableStore store, Keyspace keyspace) {
        this.store = store;
        this.keyspace = keyspace;
    }

    /** Makes a step. A round that has met no value that expires is the last one until such a value is put. */
    void step() {
        if (next == null && !keyspace.mayExpire()) {
            return;
        }
        if (next == null) {
            keyspace.setMayExpire(false);
            hasSeenExpiry = false;
        }
        long now = keyspace.nowMillis();
        keyspace.beginCommand();
        Slice from = next == null ? Slice.EMPTY : next;
        try (var cursor = store.cursor(KeyRange.from(from))) {
            cursor.seekToFirst();
            for (int seen = 0; seen < ENTRIES && cursor.isValid(); seen++) {
                long expiresAt = keyspace.codec().expiresAtMillis(cursor.value());
                hasSeenExpiry |= expiresAt > now && expiresAt != ValueCodec.NEVER;
                if (expiresAt <= now) {
                    keyspace.deleteExpired(cursor.key());
                }
                cursor.next();
            }
            next = cursor.isValid() ? cursor.key() : null;
        }
        if (next == null && hasSeenExpiry) {
            keyspace.setMayExpire(true);
        }
    }
}
