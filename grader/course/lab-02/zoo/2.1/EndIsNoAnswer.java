// exercise: 2.1
// type: storagelab.bounds.Bounds
// verdict: caught
// because: it searches from 0 to length - 1, so that "behind the last element" is never the answer
public final class Bounds {
    public static int partitionPoint(int length, IntPredicate isBefore) {
        if (length < 0) {
            throw new IllegalArgumentException("a length of " + length);
        }
        int low = 0;
        int high = Math.max(0, length - 1);
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (isBefore.test(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
