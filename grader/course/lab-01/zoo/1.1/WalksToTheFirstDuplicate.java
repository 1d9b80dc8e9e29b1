// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: it walks back to the first of several equal elements, one element at a time
public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        int low = 0;
        int high = sorted.length();
        while (low < high) {
            int middle = low + (high - low) / 2;
            int element = sorted.get(middle);
            if (element == target) {
                while (middle > 0 && sorted.get(middle - 1) == target) {
                    middle--;
                }
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
