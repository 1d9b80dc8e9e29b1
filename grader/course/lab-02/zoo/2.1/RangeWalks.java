// exercise: 2.1
// type: storagelab.bounds.Bounds
// verdict: caught
// because: the equal range is walked through from its beginning: right, and as many probes as there are equals
public final class Bounds {
    public static IndexRange equalRange(IntSequence sorted, int target) {
        int from = lowerBound(sorted, target);
        int to = from;
        while (to < sorted.length() && sorted.get(to) == target) {
            to++;
        }
        return new IndexRange(from, to);
    }
}
