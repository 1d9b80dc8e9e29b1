// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: it leaves the loop only at an element that is not smaller than its neighbour before it, so an unsorted sequence keeps it busy for ever
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
                low = middle + 1 < high && sorted.get(middle + 1) < element ? low : middle + 1;
            } else {
                high = middle;
            }
        }
        return -1;
    }
}
