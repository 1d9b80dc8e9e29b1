// exercise: 2.2
// type: storagelab.bounds.Bounds
// verdict: caught
// because: all of the rest is halved: its cost goes by how much there is, not by how far the answer is
public final class Bounds {
    public static int gallop(int from, int length, IntPredicate isBefore) {
        if (from < 0 || from > length) {
            throw new IllegalArgumentException("from " + from + " in a length of " + length);
        }
        return from + partitionPoint(length - from, offset -> isBefore.test(from + offset));
    }
}
