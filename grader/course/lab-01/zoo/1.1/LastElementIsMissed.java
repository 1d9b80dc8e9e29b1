// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: a closed interval is searched with the loop condition of a half-open one, so the last candidate is never looked at
public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        int low = 0;
        int high = sorted.length() - 1;
        while (low < high) {
            int middle = low + (high - low) / 2;
            int element = sorted.get(middle);
            if (element == target) {
                return middle;
            }
            if (element < target) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
