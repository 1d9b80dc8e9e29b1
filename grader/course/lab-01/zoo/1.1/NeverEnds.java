// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: the middle is not left out of what is searched next, so with two elements left nothing changes any more
public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        int low = 0;
        int high = sorted.length();
        while (low < high) {
            int middle = low + (high - low) / 2;
            int element = sorted.get(middle);
            if (element == target) {
                return middle;
            }
            if (element < target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return -1;
    }
}
