// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: each element is asked for twice, once to compare as equal and once as smaller
public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        int low = 0;
        int high = sorted.length();
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (sorted.get(middle) == target) {
                return middle;
            }
            if (sorted.get(middle) < target) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return -1;
    }
}
