// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: element - target overflows for numbers far apart, and the wrong half is thrown away
public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        int low = 0;
        int high = sorted.length();
        while (low < high) {
            int middle = low + (high - low) / 2;
            int difference = sorted.get(middle) - target;
            if (difference == 0) {
                return middle;
            }
            if (difference < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return -1;
    }
}
