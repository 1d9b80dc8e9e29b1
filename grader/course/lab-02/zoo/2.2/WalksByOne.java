// exercise: 2.2
// type: storagelab.bounds.Bounds
// verdict: caught
// because: it walks: right, and d + 1 questions for a distance of d
public final class Bounds {
    public static int gallop(int from, int length, IntPredicate isBefore) {
        if (from < 0 || from > length) {
            throw new IllegalArgumentException("from " + from + " in a length of " + length);
        }
        int index = from;
        while (index < length && isBefore.test(index)) {
            index++;
        }
        return index;
    }
}
