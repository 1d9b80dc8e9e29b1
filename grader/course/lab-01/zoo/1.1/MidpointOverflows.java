// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: the midpoint (low + high) / 2 overflows beyond 2^30 elements
public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        int low = 0;
        int high = sorted.length();
        while (low < high) {
            int middle = (low + high) / 2;
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
        return -1;
    }
}
