// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: a closed interval [low, high] is searched with the loop of a half-open one, so its last candidate is never looked at

import java.util.List;

public final class BinarySearch {
    public static <T extends Comparable<? super T>> int indexOf(List<? extends T> sorted, T key) {
        int low = 0;
        int high = sorted.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = sorted.get(middle).compareTo(key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
