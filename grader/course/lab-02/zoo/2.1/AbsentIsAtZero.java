// exercise: 2.1
// type: storagelab.bounds.Bounds
// verdict: caught
// because: the range of an absent target is [0, 0), which loses the place where it would be
public final class Bounds {
    public static IndexRange equalRange(IntSequence sorted, int target) {
        int from = lowerBound(sorted, target);
        int to = upperBound(sorted, target);
        return from == to ? new IndexRange(0, 0) : new IndexRange(from, to);
    }
}
