package storagelab.mvcc.experiment;

import storagelab.api.Cursor;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.experiment.Numbers;

/** Accounts that have a balance each: keys of 16 bytes, which are ordered as their numbers, with values of 8. */
final class Balances {
    /** What each account has at the beginning. */
    static final long FIRST = 1_000;

    private static final Slice ZERO = Slice.utf8("balance:00000000");

    private Balances() {}

    static Slice key(long number) {
        return Numbers.decimalKey(ZERO, number);
    }

    static Slice encode(long balance) {
        return new ByteWriter(Long.BYTES).putFixed64(balance).toSlice();
    }

    static long decode(Slice value) {
        return new ByteReader(value).readFixed64();
    }

    /** The accounts below {@code count}, with the first balance each. */
    static WriteBatch open(int count) {
        WriteBatch batch = new WriteBatch();
        for (int number = 0; number < count; number++) {
            batch.put(key(number), encode(FIRST));
        }
        return batch;
    }

    /** All balances together, and {@code halfway} is run when half of {@code count} are read. */
    static long sum(Cursor cursor, int count, Runnable halfway) {
        try (cursor) {
            long sum = 0;
            int read = 0;
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                sum += decode(cursor.value());
                read++;
                if (read == count / 2) {
                    halfway.run();
                }
            }
            return sum;
        }
    }
}
