// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: each element of the list is compared twice, once as smaller and once as equal
public final class BinarySearch {
    public static <T extends Comparable<? super T>> int indexOf(List<? extends T> sorted, T key) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = low + (high - low) / 2;
            T element = sorted.get(middle);
            if (element.compareTo(key) == 0) {
                return middle;
            }
            if (element.compareTo(key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return -1;
    }
}
