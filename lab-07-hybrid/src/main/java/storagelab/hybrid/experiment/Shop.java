package storagelab.hybrid.experiment;

import java.util.SplittableRandom;
import storagelab.api.Slice;
import storagelab.experiment.Numbers;

/** The products and the orders of a shop: keys of 16 bytes with values of 100. */
final class Shop {
    static final int VALUE_BYTES = 100;

    private static final Slice FIRST_PRODUCT = Slice.utf8("product:00000000");
    private static final Slice FIRST_ORDER = Slice.utf8("order:0000000000");

    private Shop() {}

    static Slice product(long number) {
        return Numbers.decimalKey(FIRST_PRODUCT, number);
    }

    static Slice order(long number) {
        return Numbers.decimalKey(FIRST_ORDER, number);
    }

    static Slice value(SplittableRandom random) {
        byte[] bytes = new byte[VALUE_BYTES];
        random.nextBytes(bytes);
        return Slice.wrap(bytes);
    }
}
