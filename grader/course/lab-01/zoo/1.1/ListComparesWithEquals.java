// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: the list is searched with equals, which says nothing about the order
public final class BinarySearch {
    public static <T extends Comparable<? super T>> int indexOf(List<? extends T> sorted, T key) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = low + (high - low) / 2;
            T element = sorted.get(middle);
            if (element.equals(key)) {
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
