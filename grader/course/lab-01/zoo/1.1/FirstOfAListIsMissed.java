// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: the search of the list ends before it looks at the first element
public final class BinarySearch {
    public static <T extends Comparable<? super T>> int indexOf(List<? extends T> sorted, T key) {
        int low = 0;
        int high = sorted.size();
        while (high - low > 1) {
            int middle = low + (high - low) / 2;
            int order = sorted.get(middle).compareTo(key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < high && low > 0 && sorted.get(low).compareTo(key) == 0 ? low : -1;
    }
}
