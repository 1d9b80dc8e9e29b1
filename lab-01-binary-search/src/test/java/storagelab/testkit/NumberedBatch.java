package storagelab.testkit;

import storagelab.api.Durability;
import storagelab.api.KeyValueStore;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;

/** A batch that sets many keys to one number: who sees two numbers has seen half of a batch. */
final class NumberedBatch {
    private NumberedBatch() {}

    /** Sets keys 0 to {@code keys - 1} to {@code number}, in one batch. */
    static void write(KeyValueStore store, int keys, int number) {
        WriteBatch batch = new WriteBatch();
        for (int k = 0; k < keys; k++) {
            batch.put(key(k), number(number));
        }
        store.write(batch, Durability.BUFFERED);
    }

    static Slice key(int number) {
        return Slice.utf8(String.format("key %04d", number));
    }

    static Slice number(int number) {
        return Slice.utf8(Integer.toString(number));
    }
}
