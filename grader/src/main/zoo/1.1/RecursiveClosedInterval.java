// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: accepted
// because: a recursion over a closed interval, with the unsigned shift for the middle

import java.util.List;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        return indexOf(sorted, target, 0, sorted.length() - 1);
    }

    private static int indexOf(IntSequence sorted, int target, int first, int last) {
        if (first > last) {
            return -1;
        }
        int middle = (first + last) >>> 1;
        int order = Integer.compare(sorted.get(middle), target);
        if (order == 0) {
            return middle;
        }
        return order < 0
                ? indexOf(sorted, target, middle + 1, last)
                : indexOf(sorted, target, first, middle - 1);
    }

    public static <T extends Comparable<? super T>> int indexOf(List<? extends T> sorted, T key) {
        int first = 0;
        int last = sorted.size() - 1;
        while (first <= last) {
            int middle = (first + last) >>> 1;
            int order = key.compareTo(sorted.get(middle));
            if (order == 0) {
                return middle;
            } else if (order > 0) {
                first = middle + 1;
            } else {
                last = middle - 1;
            }
        }
        return -1;
    }
}
