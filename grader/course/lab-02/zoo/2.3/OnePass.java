// exercise: 2.3
// type: storagelab.bounds.RotatedSearch
// verdict: accepted
// because: after a linear part only where duplicates force it, one search finds the target without the rotation point
public final class RotatedSearch {
    public static int indexOf(IntSequence rotated, int target) {
        int high = rotated.length();
        if (high == 0) {
            return -1;
        }
        int first = rotated.get(0);
        int last = rotated.get(high - 1);
        while (last == first && high > 1) {
            high--;
            last = rotated.get(high - 1);
        }
        if (first == target) {
            return 0;
        }
        int low = 1;
        while (low < high) {
            int middle = low + (high - low) / 2;
            int element = rotated.get(middle);
            if (element == target) {
                return middle;
            }
            // What is greater than the last element comes first; within each of the two parts the smaller comes first.
            boolean before = element > last == target > last ? element < target : element > last;
            if (before) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return -1;
    }
}
