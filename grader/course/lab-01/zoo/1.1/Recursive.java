// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: accepted
// because: recursion over halves is the same search
public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        return indexOf(sorted, target, 0, sorted.length());
    }

    private static int indexOf(IntSequence sorted, int target, int from, int to) {
        if (from >= to) {
            return -1;
        }
        int middle = from + (to - from - 1) / 2;
        int order = Integer.compare(sorted.get(middle), target);
        if (order == 0) {
            return middle;
        }
        return order < 0 ? indexOf(sorted, target, middle + 1, to) : indexOf(sorted, target, from, middle);
    }
}
