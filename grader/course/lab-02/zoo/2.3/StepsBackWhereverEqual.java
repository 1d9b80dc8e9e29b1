// exercise: 2.3
// type: storagelab.bounds.RotatedSearch
// verdict: caught
// because: one step back wherever the middle equals the end, though the first element differs from the last (LeetCode 154 as usual)
public final class RotatedSearch {
    public static int rotationPoint(IntSequence rotated) {
        int low = 0;
        int high = rotated.length() - 1;
        while (low < high) {
            int middle = low + (high - low) / 2;
            int element = rotated.get(middle);
            int last = rotated.get(high);
            if (element > last) {
                low = middle + 1;
            } else if (element < last) {
                high = middle;
            } else if (rotated.get(high - 1) > last) {
                return high;
            } else {
                high--;
            }
        }
        return Math.max(0, low);
    }
}
