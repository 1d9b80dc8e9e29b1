// exercise: 2.2
// type: storagelab.bounds.Bounds
// verdict: caught
// because: a start behind the end is a mistake of the caller, and must not be answered
public final class Bounds {
    public static int gallop(int from, int length, IntPredicate isBefore) {
        int low = from;
        for (int stride = 1; low < length; stride *= 2) {
            int first = low;
            int last = low + Math.min(stride, length - low) - 1;
            if (!isBefore.test(last)) {
                return first + partitionPoint(last - first, offset -> isBefore.test(first + offset));
            }
            low = last + 1;
        }
        return length;
    }
}
