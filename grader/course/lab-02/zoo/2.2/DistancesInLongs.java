// exercise: 2.2
// type: storagelab.bounds.Bounds
// verdict: accepted
// because: distances of 1, 2, 4, ... from the start, as longs, as the textbook has it
public final class Bounds {
    public static int gallop(int from, int length, IntPredicate isBefore) {
        if (from < 0 || from > length) {
            throw new IllegalArgumentException("from " + from + " in a length of " + length);
        }
        long distance = 1;
        while (from + distance < length && isBefore.test((int) (from + distance))) {
            distance *= 2;
        }
        int low = (int) (distance == 1 ? from : from + distance / 2 + 1);
        int high = (int) Math.min(length, from + distance);
        return low + partitionPoint(high - low, offset -> isBefore.test(low + offset));
    }
}
