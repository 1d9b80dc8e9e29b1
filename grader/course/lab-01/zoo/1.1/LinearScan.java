// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: it looks at the elements one after the other: right, and n probes instead of log n

import java.util.List;

public final class BinarySearch {
    public static <T extends Comparable<? super T>> int indexOf(List<? extends T> sorted, T key) {
        for (int i = 0; i < sorted.size(); i++) {
            if (sorted.get(i).compareTo(key) == 0) {
                return i;
            }
        }
        return -1;
    }
}
