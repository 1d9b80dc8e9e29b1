package storagelab.btree.experiment;

import java.util.SplittableRandom;
import storagelab.api.Slice;
import storagelab.experiment.Numbers;

/** The catalogue of a shop: keys of 16 bytes with values of 100. */
final class Articles {
    static final int KEY_BYTES = 16;
    static final int VALUE_BYTES = 100;
    static final int ENTRY_BYTES = KEY_BYTES + VALUE_BYTES;

    private static final Slice ZERO = Slice.utf8("item:00000000000");

    private Articles() {}

    /** Keys are ordered as their numbers. */
    static Slice key(long number) {
        return Numbers.decimalKey(ZERO, number);
    }

    /** A description and a price, as far as anybody can tell. */
    static Slice value(SplittableRandom random) {
        byte[] bytes = new byte[VALUE_BYTES];
        random.nextBytes(bytes);
        return Slice.wrap(bytes);
    }
}
