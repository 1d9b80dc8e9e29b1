// exercise: 2.2
// type: storagelab.bounds.Bounds
// verdict: caught
// because: the search between the last two places does not stop at the end
public final class Bounds {
    public static int gallop(int from, int length, IntPredicate isBefore) {
        if (from < 0 || from > length) {
            throw new IllegalArgumentException("from " + from + " in a length of " + length);
        }
        long stride = 1;
        while (from + stride < length && isBefore.test((int) (from + stride))) {
            stride *= 2;
        }
        int low = (int) (from + stride / 2);
        return low + partitionPoint((int) (stride - stride / 2), offset -> isBefore.test(low + offset));
    }
}
