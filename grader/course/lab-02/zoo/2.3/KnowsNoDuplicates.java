// exercise: 2.3
// type: storagelab.bounds.RotatedSearch
// verdict: caught
// because: a middle that equals the last element is taken for one of the right part, which is wrong if the first equals it, too
public final class RotatedSearch {
    public static int rotationPoint(IntSequence rotated) {
        int length = rotated.length();
        if (length == 0) {
            return 0;
        }
        int last = rotated.get(length - 1);
        return Bounds.partitionPoint(length - 1, index -> rotated.get(index) > last);
    }
}
