// exercise: 2.1
// type: storagelab.bounds.Bounds
// verdict: caught
// because: it returns as soon as it sees the target, which is any of several equal elements and not the first
public final class Bounds {
    public static int lowerBound(IntSequence sorted, int target) {
        int low = 0;
        int high = sorted.length();
        while (low < high) {
            int middle = low + (high - low) / 2;
            int element = sorted.get(middle);
            if (element == target) {
                return middle;
            }
            if (element < target) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
