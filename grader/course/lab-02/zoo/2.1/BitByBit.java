// exercise: 2.1
// type: storagelab.bounds.Bounds
// verdict: accepted
// because: the answer is put together from its highest bit to its lowest, in as many probes
public final class Bounds {
    public static int partitionPoint(int length, IntPredicate isBefore) {
        if (length < 0) {
            throw new IllegalArgumentException("a length of " + length);
        }
        int point = 0;
        for (int bit = Integer.highestOneBit(length); bit > 0; bit >>>= 1) {
            if (bit <= length - point && isBefore.test(point + bit - 1)) {
                point += bit;
            }
        }
        return point;
    }
}
