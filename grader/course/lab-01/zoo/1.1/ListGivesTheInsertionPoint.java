// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: for a key that is not there it returns what the library returns, which says where the key would go and is not -1
public final class BinarySearch {
    public static <T extends Comparable<? super T>> int indexOf(List<? extends T> sorted, T key) {
        return java.util.Collections.binarySearch(sorted, key);
    }
}
