// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: accepted
// because: a closed interval [low, high] and an unsigned shift for the midpoint are as right
public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        int low = 0;
        int high = sorted.length() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int element = sorted.get(middle);
            if (element < target) {
                low = middle + 1;
            } else if (element > target) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -1;
    }
}
