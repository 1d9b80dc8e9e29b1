// exercise: 2.3
// type: storagelab.bounds.RotatedSearch
// verdict: caught
// because: if the first and the last are equal it takes the sequence for one that is not rotated
public final class RotatedSearch {
    public static int rotationPoint(IntSequence rotated) {
        int length = rotated.length();
        if (length < 2) {
            return 0;
        }
        int first = rotated.get(0);
        int last = rotated.get(length - 1);
        return first <= last ? 0 : Bounds.partitionPoint(length - 1, index -> rotated.get(index) > last);
    }
}
