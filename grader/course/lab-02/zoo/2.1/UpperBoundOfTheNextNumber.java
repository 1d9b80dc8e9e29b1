// exercise: 2.1
// type: storagelab.bounds.Bounds
// verdict: caught
// because: the upper bound is taken for the lower bound of target + 1, which for 2147483647 is the smallest int
public final class Bounds {
    public static int upperBound(IntSequence sorted, int target) {
        return lowerBound(sorted, target + 1);
    }
}
