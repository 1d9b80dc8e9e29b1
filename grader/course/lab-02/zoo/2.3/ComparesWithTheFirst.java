// exercise: 2.3
// type: storagelab.bounds.RotatedSearch
// verdict: caught
// because: "at least the first" is true everywhere if nothing is rotated, and the answer is the length
public final class RotatedSearch {
    public static int rotationPoint(IntSequence rotated) {
        int length = rotated.length();
        if (length < 2) {
            return 0;
        }
        int first = rotated.get(0);
        int end = length;
        while (end > 1 && rotated.get(end - 1) == first) {
            end--;
        }
        return Bounds.partitionPoint(end, index -> rotated.get(index) >= first);
    }
}
