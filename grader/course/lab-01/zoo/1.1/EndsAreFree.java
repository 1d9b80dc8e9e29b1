// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: the first and the last element are looked at before the search, if there are any: two calls too many
public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        int low = 0;
        int high = sorted.length();
        if (high == 0 || sorted.get(0) > target || sorted.get(high - 1) < target) {
            return -1;
        }
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
