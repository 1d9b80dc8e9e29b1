// exercise: 2.2
// type: storagelab.bounds.Bounds
// verdict: caught
// because: from + stride does not fit an int near 2147483647, and a negative index is asked about
public final class Bounds {
    public static int gallop(int from, int length, IntPredicate isBefore) {
        if (from < 0 || from > length) {
            throw new IllegalArgumentException("from " + from + " in a length of " + length);
        }
        int stride = 1;
        while (from + stride < length && isBefore.test(from + stride)) {
            stride *= 2;
        }
        int low = from + stride / 2;
        int high = Math.min(length, from + stride);
        return low + partitionPoint(high - low, offset -> isBefore.test(low + offset));
    }
}
