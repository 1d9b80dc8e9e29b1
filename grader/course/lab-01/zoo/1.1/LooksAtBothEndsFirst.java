// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: it looks at the first and the last element before it searches, which fails for the empty sequence and costs two calls
public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        if (sorted.get(0) > target || sorted.get(sorted.length() - 1) < target) {
            return -1;
        }
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
        return -1;
    }
}
