package storagelab.grader.bench.lab06;

import java.nio.ByteBuffer;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;

/** Changes of accounts: keys of 16 bytes in no order, and values of 100 that begin with a number. */
final class Accounts {
    static final int KEY_BYTES = 16;
    static final int VALUE_BYTES = 100;

    /** A put in a record: a byte for its kind, one for each length, key and value. */
    static final int PUT_BYTES = 3 + KEY_BYTES + VALUE_BYTES;

    /** What a record of the log has around its operations: the head of a chunk, of a record and of a batch. */
    static final int HEAD_BYTES = 7 + 17 + 12;

    /** How much longer a log is than its records: fewer than seven bytes a block, and heads of records in two blocks. */
    static final double BORDERS = 1.01;

    private static final Slice PREFIX = Slice.utf8("account:");

    private Accounts() {}

    /** No two numbers have the same key, and numbers that follow each other have keys that do not. */
    static Slice key(long number) {
        long mixed = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL; // steps of MurmurHash3
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        byte[] bytes = new byte[KEY_BYTES];
        PREFIX.copyTo(bytes, 0);
        ByteBuffer.wrap(bytes).putLong(PREFIX.length(), mixed ^ (mixed >>> 33));
        return Slice.wrap(bytes);
    }

    /** A value that begins with a number. */
    static Slice value(long number) {
        byte[] bytes = new byte[VALUE_BYTES];
        ByteBuffer.wrap(bytes).putLong(0, number).putLong(Long.BYTES, ~number);
        return Slice.wrap(bytes);
    }

    /** The number that a value begins with. */
    static long number(Slice value) {
        return value.wordAt(0);
    }

    /** A put of this account, whose value has the number of the account. */
    static WriteBatch put(long number) {
        return new WriteBatch().put(key(number), value(number));
    }

    /** The number in the value of the only put of a batch. */
    static long number(WriteBatch batch) {
        return batch.operations().get(0) instanceof WriteBatch.Put put ? number(put.value()) : -1;
    }
}
