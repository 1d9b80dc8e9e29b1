// exercise: 2.1
// type: storagelab.bounds.Bounds
// verdict: caught
// because: a negative length is a mistake of the caller, and 0 as an answer hides it
public final class Bounds {
    public static int partitionPoint(int length, IntPredicate isBefore) {
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
        return low;
    }
}
