// exercise: 2.3
// type: storagelab.bounds.RotatedSearch
// verdict: caught
// because: it returns the first element that equals the minimum, and equals of it may be at the front
public final class RotatedSearch {
    public static int rotationPoint(IntSequence rotated) {
        int length = rotated.length();
        if (length < 2) {
            return 0;
        }
        int first = rotated.get(0);
        int end = length;
        int last = rotated.get(end - 1);
        while (last == first && end > 1) {
            end--;
            last = rotated.get(end - 1);
        }
        int upTo = last;
        return last < first ? Bounds.partitionPoint(end - 1, index -> rotated.get(index) > upTo) : 0;
    }
}
