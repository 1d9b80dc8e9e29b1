// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: low + high overflows when the sequence is longer than 2^30, and the middle becomes negative

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
