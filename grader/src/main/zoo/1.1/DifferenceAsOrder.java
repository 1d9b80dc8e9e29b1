// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: it orders two numbers by the sign of their difference, which overflows when they are far apart

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        int low = 0;
        int high = sorted.length();
        while (low < high) {
            int middle = (low + high) >>> 1;
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
