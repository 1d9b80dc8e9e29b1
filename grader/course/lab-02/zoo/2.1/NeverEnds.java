// exercise: 2.1
// type: storagelab.bounds.Bounds
// verdict: caught
// because: the middle stays in what is searched next, so with one index left nothing changes any more
public final class Bounds {
    public static int partitionPoint(int length, IntPredicate isBefore) {
        if (length < 0) {
            throw new IllegalArgumentException("a length of " + length);
        }
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (isBefore.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
