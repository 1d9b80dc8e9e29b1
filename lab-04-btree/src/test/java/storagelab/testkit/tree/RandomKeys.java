package storagelab.testkit.tree;

import java.util.Random;
import storagelab.api.Slice;

/** Keys of several sorts, so that pages and separators are of all sizes. */
public enum RandomKeys {
    /** A word and a number: separators are short. */
    NUMBERED {
        @Override
        public Slice next(Random random) {
            return Slice.utf8("key" + random.nextInt(400));
        }
    },
    /** Up to 230 bytes, of few values, so that some are beginnings of others. */
    OF_ALL_LENGTHS {
        @Override
        public Slice next(Random random) {
            byte[] key = new byte[random.nextInt(1 + random.nextInt(230))];
            for (int i = 0; i < key.length; i++) {
                key[i] = (byte) (random.nextInt(3) * 0x7f);
            }
            return Slice.wrap(key);
        }
    },
    /** Eight bytes, any at all: half of them would be negative numbers. */
    OF_ANY_BYTES {
        @Override
        public Slice next(Random random) {
            byte[] key = new byte[8];
            random.nextBytes(key);
            key[0] = (byte) (random.nextInt(4) * 0x55);
            return Slice.wrap(key);
        }
    },
    /** One of 30 letters and then, often, 200 bytes that are all the same: separators are very short or very long. */
    IN_CLUSTERS {
        @Override
        public Slice next(Random random) {
            String cluster = String.valueOf((char) ('A' + random.nextInt(30)));
            String middle = random.nextInt(4) == 0 ? "" : "m".repeat(200);
            return Slice.utf8(cluster + middle + random.nextInt(20));
        }
    };

    /** A key of this sort. */
    public abstract Slice next(Random random);
}
