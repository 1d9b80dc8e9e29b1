// exercise: 2.3
// type: storagelab.bounds.RotatedSearch
// verdict: caught
// because: rotation point + index does not fit an int in a long sequence, so the remainder is negative
public final class RotatedSearch {
    public static int indexOf(IntSequence rotated, int target) {
        int point = rotationPoint(rotated);
        int length = rotated.length();
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = low + (high - low) / 2;
            int place = (point + middle) % length;
            int element = rotated.get(place);
            if (element == target) {
                return place;
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
