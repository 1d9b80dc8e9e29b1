package storagelab.bounds;

/**
 * Sorted ints, laid out in memory so that one question is answered fast: where does a number begin?
 *
 * <p>All layouts give the same answer with about the same number of comparisons. They differ in what a processor can do
 * while it waits for memory, and for how many pieces of memory it has to wait: the experiment {@code 2.layouts}
 * measures them.
 *
 * <p>Concurrency: immutable, safe for any number of threads.
 */
public interface SortedInts {
    /** How many numbers there are. */
    int length();

    /**
     * The index of the first number that is at least {@code target} in the ascending sequence of all, or the length if
     * all are smaller: {@link Bounds#lowerBound(storagelab.search.IntSequence, int)}.
     */
    int lowerBound(int target);
}
