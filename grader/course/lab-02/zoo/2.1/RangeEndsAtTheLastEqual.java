// exercise: 2.1
// type: storagelab.bounds.Bounds
// verdict: caught
// because: the range ends at the last equal element instead of behind it, as LeetCode 34 has it
public final class Bounds {
    public static IndexRange equalRange(IntSequence sorted, int target) {
        int from = lowerBound(sorted, target);
        return new IndexRange(from, Math.max(from, upperBound(sorted, target) - 1));
    }
}
