package storagelab.wal.experiment;

import java.util.SplittableRandom;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.experiment.Numbers;

/** The accounts of a bank, for the experiments of this lab: keys of 16 bytes, which are ordered as their numbers, with values of 100. */
public final class Accounts {
    /** Bytes of a key and a value. */
    public static final int ENTRY_BYTES = 116;

    private static final int VALUE_BYTES = 100;
    private static final Slice ZERO = Slice.utf8("account:00000000");

    private Accounts() {}

    /** The key of an account. */
    public static Slice key(long number) {
        return Numbers.decimalKey(ZERO, number);
    }

    /** What the bank knows about an account. */
    public static Slice value(SplittableRandom random) {
        byte[] bytes = new byte[VALUE_BYTES];
        random.nextBytes(bytes);
        return Slice.wrap(bytes);
    }

    /** Changes {@code changes} accounts, each a random one of {@code accounts}. */
    public static WriteBatch change(int changes, int accounts, SplittableRandom random) {
        WriteBatch batch = new WriteBatch();
        for (int i = 0; i < changes; i++) {
            batch.put(key(random.nextInt(accounts)), value(random));
        }
        return batch;
    }

    /** Puts the accounts with the numbers from {@code from} to {@code to}, {@code to} not included. */
    public static WriteBatch open(int from, int to, SplittableRandom random) {
        WriteBatch batch = new WriteBatch();
        for (int number = from; number < to; number++) {
            batch.put(key(number), value(random));
        }
        return batch;
    }
}
