// exercise: 2.1
// type: storagelab.bounds.Bounds
// verdict: caught
// because: it asks once more at the answer, to be sure, and so one question more than is needed
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
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < length && isBefore.test(low) ? low + 1 : low;
    }
}
