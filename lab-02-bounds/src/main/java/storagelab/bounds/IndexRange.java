package storagelab.bounds;

/**
 * The indexes from {@code from} up to but not including {@code to}. Half-open: {@code [2, 5)} is 2, 3 and 4.
 *
 * <p>An empty range has a place all the same: {@code [2, 2)} lies between the indexes 1 and 2.
 *
 * @param from the first index
 * @param to one more than the last index, or {@code from} if there is none
 */
public record IndexRange(int from, int to) {
    /** Checks that the range does not end before it begins. */
    public IndexRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no range of indexes: [" + from + ", " + to + ")");
        }
    }

    /** How many indexes are in it. */
    public int size() {
        return to - from;
    }

    /** Whether no index is in it. */
    public boolean isEmpty() {
        return from == to;
    }

    @Override
    public String toString() {
        return "[" + from + ", " + to + ")";
    }
}
