// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: compareTo may return any negative number, not only -1
public final class BinarySearch {
    public static <T extends Comparable<? super T>> int indexOf(List<? extends T> sorted, T key) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = low + (high - low) / 2;
            int order = sorted.get(middle).compareTo(key);
            if (order == 0) {
                return middle;
            }
            if (order == -1) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return -1;
    }
}
