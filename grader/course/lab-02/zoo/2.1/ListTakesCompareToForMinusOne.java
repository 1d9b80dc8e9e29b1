// exercise: 2.1
// type: storagelab.bounds.Bounds
// verdict: caught
// because: compareTo may return any negative number, not only -1
public final class Bounds {
    public static <T extends Comparable<? super T>> int lowerBound(List<? extends T> sorted, T key) {
        return partitionPoint(sorted.size(), index -> sorted.get(index).compareTo(key) == -1);
    }
}
