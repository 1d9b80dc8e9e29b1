// exercise: 2.2
// type: storagelab.bounds.Bounds
// verdict: caught
// because: strides that stay the same make it linear: d / 100 questions
public final class Bounds {
    public static int gallop(int from, int length, IntPredicate isBefore) {
        if (from < 0 || from > length) {
            throw new IllegalArgumentException("from " + from + " in a length of " + length);
        }
        int low = from;
        while (length - low > 100 && isBefore.test(low + 100)) {
            low += 100;
        }
        int base = low;
        return base + partitionPoint(Math.min(100, length - base), offset -> isBefore.test(base + offset));
    }
}
