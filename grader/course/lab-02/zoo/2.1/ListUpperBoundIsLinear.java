// exercise: 2.1
// type: storagelab.bounds.Bounds
// verdict: caught
// because: it steps over the equals one by one: right, and as many probes as there are equals
public final class Bounds {
    public static <T extends Comparable<? super T>> int upperBound(List<? extends T> sorted, T key) {
        int index = lowerBound(sorted, key);
        while (index < sorted.size() && sorted.get(index).compareTo(key) == 0) {
            index++;
        }
        return index;
    }
}
