// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: it guesses the middle from the values, which takes many calls where the values are not evenly spread
public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        int low = 0;
        int high = sorted.length() - 1;
        while (low <= high) {
            long first = sorted.get(low);
            long last = sorted.get(high);
            if (target < first || target > last) {
                return -1;
            }
            int middle = first == last ? low : (int) (low + (target - first) * (high - low) / (last - first));
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
