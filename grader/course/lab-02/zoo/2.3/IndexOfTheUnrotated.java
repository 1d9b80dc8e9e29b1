// exercise: 2.3
// type: storagelab.bounds.RotatedSearch
// verdict: caught
// because: the index is that of the sorted sequence, not of the rotated one
public final class RotatedSearch {
    public static int indexOf(IntSequence rotated, int target) {
        return BinarySearch.indexOf(new Unrotated(rotated, rotationPoint(rotated)), target);
    }
}
