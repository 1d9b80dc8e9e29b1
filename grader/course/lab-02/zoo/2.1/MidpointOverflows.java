// exercise: 2.1
// type: storagelab.bounds.Bounds
// verdict: caught
// because: the midpoint (low + high) / 2 overflows beyond 2^30 elements
public final class Bounds {
    public static int partitionPoint(int length, IntPredicate isBefore) {
        if (length < 0) {
            throw new IllegalArgumentException("a length of " + length);
        }
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) / 2;
            if (isBefore.test(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
