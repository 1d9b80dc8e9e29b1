// exercise: 2.1
// type: storagelab.bounds.Bounds
// verdict: accepted
// because: the end of an equal range is searched only behind its beginning
public final class Bounds {
    public static IndexRange equalRange(IntSequence sorted, int target) {
        int from = lowerBound(sorted, target);
        int equals = partitionPoint(sorted.length() - from, offset -> sorted.get(from + offset) == target);
        return new IndexRange(from, from + equals);
    }

    public static <T extends Comparable<? super T>> int upperBound(List<? extends T> sorted, T key) {
        int low = 0;
        int high = sorted.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (key.compareTo(sorted.get(middle)) >= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high + 1;
    }
}
