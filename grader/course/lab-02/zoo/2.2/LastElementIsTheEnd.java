// exercise: 2.2
// type: storagelab.bounds.Bounds
// verdict: caught
// because: a stride over the end is cut to the last element, and that is then taken for one that answered false
public final class Bounds {
    public static int gallop(int from, int length, IntPredicate isBefore) {
        if (from < 0 || from > length) {
            throw new IllegalArgumentException("from " + from + " in a length of " + length);
        }
        int low = from;
        int stride = 1;
        while (stride < length - low && isBefore.test(low + stride - 1)) {
            low += stride;
            stride *= 2;
        }
        int base = low;
        int rest = Math.max(0, Math.min(stride, length - low) - 1);
        return base + partitionPoint(rest, offset -> isBefore.test(base + offset));
    }
}
