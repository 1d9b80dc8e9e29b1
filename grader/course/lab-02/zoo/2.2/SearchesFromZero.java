// exercise: 2.2
// type: storagelab.bounds.Bounds
// verdict: caught
// because: after the strides it searches from index 0, though everything before the start is none of its business
public final class Bounds {
    public static int gallop(int from, int length, IntPredicate isBefore) {
        if (from < 0 || from > length) {
            throw new IllegalArgumentException("from " + from + " in a length of " + length);
        }
        long stride = 1;
        while (from + stride < length && isBefore.test((int) (from + stride))) {
            stride *= 2;
        }
        return Math.max(from, partitionPoint((int) Math.min(length, from + stride), isBefore));
    }
}
