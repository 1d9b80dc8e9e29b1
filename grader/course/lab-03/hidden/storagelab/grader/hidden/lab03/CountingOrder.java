package storagelab.grader.hidden.lab03;

import java.util.Comparator;

/** The natural order, with a count of how often it was asked. For one thread. */
final class CountingOrder<K extends Comparable<K>> implements Comparator<K> {
    private long comparisons;

    @Override
    public int compare(K left, K right) {
        comparisons++;
        return left.compareTo(right);
    }

    /** Comparisons since the last {@link #reset}. */
    long comparisons() {
        return comparisons;
    }

    /** Begins to count at 0 again. */
    void reset() {
        comparisons = 0;
    }
}
