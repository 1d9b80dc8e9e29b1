// exercise: 2.2
// type: storagelab.bounds.Bounds
// verdict: accepted
// because: strides double while they answer true, and then halve until nothing is left of them
public final class Bounds {
    public static int gallop(int from, int length, IntPredicate isBefore) {
        if (from < 0 || from > length) {
            throw new IllegalArgumentException("from " + from + " in a length of " + length);
        }
        int low = from;
        int stride = 1;
        while (stride <= length - low && isBefore.test(low + stride - 1)) {
            low += stride;
            stride = Math.min(stride, 1 << 29) * 2;
        }
        for (stride /= 2; stride > 0; stride /= 2) {
            if (stride <= length - low && isBefore.test(low + stride - 1)) {
                low += stride;
            }
        }
        return low;
    }
}
