package storagelab.grader.endurance;

import java.util.Arrays;
import java.util.Random;

/**
 * What a disk may do to a file: turn over a bit, or lose its end.
 *
 * @param bytes of the file, afterwards
 * @param story what was done
 */
record Damage(byte[] bytes, String story) {
    private static final int CUT_ONE_IN = 10;

    /** A random damage of {@code whole}, which has a byte at least and is left as it is. */
    static Damage of(byte[] whole, Random random) {
        if (random.nextInt(CUT_ONE_IN) == 0) {
            int length = random.nextInt(whole.length);
            return new Damage(Arrays.copyOf(whole, length), "cut off at byte " + length);
        }
        int at = random.nextInt(whole.length);
        int bit = random.nextInt(Byte.SIZE);
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) (1 << bit);
        return new Damage(damaged, "bit " + bit + " of byte " + at + " turned over");
    }
}
