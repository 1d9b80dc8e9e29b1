package storagelab.bounds;

import java.util.List;
import java.util.function.IntPredicate;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.search.IntSequence;

/**
 * Finds where something begins in a sorted sequence, whether it is there or not.
 *
 * <p>{@code lowerBound} is the first place that is not below a key, {@code upperBound} the first above it; between the
 * two are all elements that equal it. A place is an index from 0 to n: n says "behind the last element". All of them
 * are one search, {@link #partitionPoint}, with different questions.
 */
public final class Bounds {
    private Bounds() {}

    /**
     * The first index at which {@code isBefore} is false, or {@code length} if it is true everywhere. The indexes from
     * 0 on for which it is true come first, then those for which it is false.
     *
     * <p>Example: the posts of a user were written on days {@code [3, 4, 4, 9, 12]}. For
     * {@code index -> days[index] < 5} the answers are true, true, true, false, false, and the partition point is 3:
     * that is where the posts of day 5 and later begin. For {@code days[index] < 1} it is 0, for
     * {@code days[index] < 100} it is 5.
     *
     * <p>Hold on to one invariant: {@code isBefore} is true for every index below {@code low} and false for every index
     * from {@code high} on. It holds at first with {@code low = 0} and {@code high = length}, because there are no such
     * indexes. Ask in the middle and move one of the two; when they meet, they have met at the answer. There is nothing
     * to find on the way and hence no way out in the middle of the loop: that is the difference from exercise 1.1.
     *
     * <p>Must also be right for a length of 0 and of 2³¹−1, where the sum of two indexes does not fit an {@code int}.
     *
     * <p>Cost: at most ⌈log₂(n+1)⌉ calls of {@code isBefore} for a length of n: none for 0, one for 1, 20 for a
     * million, 31 for 2³¹−1. It is never called with an index outside of {@code [0, length)}.
     *
     * @param isBefore true up to some index and false from there on; what comes back for another one is not defined,
     *     except that the search ends
     * @throws IllegalArgumentException if {@code length} is negative
     */
    @Exercise(id = "2.1", title = "Lower and upper bound", points = 8, difficulty = Difficulty.EASY, hours = 1)
    public static int partitionPoint(int length, IntPredicate isBefore) {
        if (length < 0) {
            throw new IllegalArgumentException("a length of " + length);
        }
        // Invariant: isBefore is true on [0, low) and false on [high, length).
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (isBefore.test(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * The index of the first element that is at least {@code target}, or the length if all are smaller. Here
     * {@code target} would be inserted, before its equals.
     *
     * <p>Example: in {@code [5, 7, 7, 8, 8, 10]} the lower bound of 8 is 3, of 6 it is 1, of 11 it is 6.
     *
     * <p>Cost: at most ⌈log₂(n+1)⌉ calls of {@link IntSequence#get} for n elements.
     *
     * @param sorted ascending, duplicates allowed
     */
    @ExercisePart("2.1")
    public static int lowerBound(IntSequence sorted, int target) {
        return partitionPoint(sorted.length(), index -> sorted.get(index) < target);
    }

    /**
     * The index of the first element that is greater than {@code target}, or the length if none is.
     *
     * <p>Example: in {@code [5, 7, 7, 8, 8, 10]} the upper bound of 8 is 5, of 6 it is 1, of 10 it is 6. "The lower
     * bound of {@code target + 1}" is not the same thing: there is no such number for 2³¹−1.
     *
     * <p>Cost: at most ⌈log₂(n+1)⌉ calls of {@link IntSequence#get} for n elements.
     *
     * @param sorted ascending, duplicates allowed
     */
    @ExercisePart("2.1")
    public static int upperBound(IntSequence sorted, int target) {
        return partitionPoint(sorted.length(), index -> sorted.get(index) <= target);
    }

    /**
     * The indexes of all elements that equal {@code target}: from its lower bound to its upper bound. If there are
     * none, an empty range at the place where it would be.
     *
     * <p>This is LeetCode 34, which wants {@code [3, 4]} (both ends in) where we say {@code [3, 5)}, and
     * {@code [−1, −1]} where we say {@code [1, 1)}. Example: in {@code [5, 7, 7, 8, 8, 10]} the equal range of 8 is
     * {@code [3, 5)}, of 6 it is {@code [1, 1)}, of 11 {@code [6, 6)}. The number of equals is {@code to − from},
     * without a special case.
     *
     * <p>Cost: at most 2·⌈log₂(n+1)⌉ calls of {@link IntSequence#get}, even if all n elements are equal.
     *
     * @param sorted ascending, duplicates allowed
     */
    @ExercisePart("2.1")
    public static IndexRange equalRange(IntSequence sorted, int target) {
        return new IndexRange(lowerBound(sorted, target), upperBound(sorted, target));
    }

    /**
     * The index of the first element of a list that is at least {@code key}, or the size if all are smaller.
     *
     * <p>Example: in {@code ["ann", "bob", "bob", "eve"]}, as {@link storagelab.api.Slice}s, the lower bound of
     * {@code "bob"} is 1 and of {@code "dan"} it is 3.
     *
     * <p>Only {@code compareTo} says what is smaller and what is equal; it may return any negative or positive number.
     *
     * <p>Cost: at most ⌈log₂(n+1)⌉ calls of {@link List#get} and as many of {@code compareTo}.
     *
     * @param sorted ascending by {@code compareTo}, duplicates allowed
     */
    @ExercisePart("2.1")
    public static <T extends Comparable<? super T>> int lowerBound(List<? extends T> sorted, T key) {
        return partitionPoint(sorted.size(), index -> sorted.get(index).compareTo(key) < 0);
    }

    /**
     * The index of the first element of a list that is greater than {@code key}, or the size if none is.
     *
     * <p>Example: in {@code ["ann", "bob", "bob", "eve"]} the upper bound of {@code "bob"} is 3 and of {@code "dan"} it
     * is 3, too.
     *
     * <p>Cost: at most ⌈log₂(n+1)⌉ calls of {@link List#get} and as many of {@code compareTo}.
     *
     * @param sorted ascending by {@code compareTo}, duplicates allowed
     */
    @ExercisePart("2.1")
    public static <T extends Comparable<? super T>> int upperBound(List<? extends T> sorted, T key) {
        return partitionPoint(sorted.size(), index -> sorted.get(index).compareTo(key) <= 0);
    }

    /**
     * The indexes of all elements of a list that compare as equal to {@code key}; if there are none, an empty range at
     * the place where it would be.
     *
     * <p>Example: in {@code ["ann", "bob", "bob", "eve"]} the equal range of {@code "bob"} is {@code [1, 3)} and of
     * {@code "dan"} it is {@code [3, 3)}.
     *
     * <p>Cost: at most 2·⌈log₂(n+1)⌉ calls of {@link List#get} and as many of {@code compareTo}.
     *
     * @param sorted ascending by {@code compareTo}, duplicates allowed
     */
    @ExercisePart("2.1")
    public static <T extends Comparable<? super T>> IndexRange equalRange(List<? extends T> sorted, T key) {
        return new IndexRange(lowerBound(sorted, key), upperBound(sorted, key));
    }

    /**
     * The first index from {@code from} on at which {@code isBefore} is false, or {@code length} if it is true on all
     * of {@code [from, length)}: the same as {@link #partitionPoint} of that part, for an answer that is expected to be
     * near. The indexes before {@code from} are not asked about.
     *
     * <p>Ask at {@code from}; then go on from the last place asked by 2, by 4, by 8, … (distances 0, 2, 6, 14, …),
     * until {@code isBefore} is false or the end is reached; then search between the last two of these places. A cursor
     * that skips a few entries pays for the few and not for the millions behind them.
     *
     * <p>Example: in {@code [3, 4, 4, 9, 12, 15, 20, 31, …]} with a million elements, from index 1 to the first element
     * that is not below 14: index 1 (4) is below, index 3 (9) is, index 7 (31) is not; of the three indexes between, 5
     * (15) is not and 4 (12) is. The answer is 5, after five questions; a search of everything would have asked 20.
     *
     * <p>Must also be right for a length of 2³¹−1, from any index: a stride that is doubled once too often, or added to
     * {@code from}, does not fit an {@code int}.
     *
     * <p>Cost: at most 2·⌈log₂(d+1)⌉ + 2 calls of {@code isBefore} where the answer is {@code from + d}: 2 for d = 0, 4
     * for d = 1, 16 for d = 100, 64 for 2³¹−1. None if {@code from} is {@code length}.
     *
     * @param from where to begin, 0 to {@code length}
     * @param length the end of the indexes
     * @param isBefore true from {@code from} up to some index and false from there on
     * @throws IllegalArgumentException if {@code from} is negative or greater than {@code length}
     */
    @Exercise(
            id = "2.2",
            title = "Galloping search",
            points = 6,
            difficulty = Difficulty.MEDIUM,
            hours = 1,
            needs = "2.1")
    public static int gallop(int from, int length, IntPredicate isBefore) {
        if (from < 0 || from > length) {
            throw new IllegalArgumentException("from " + from + " in a length of " + length);
        }
        // Invariant: isBefore is true on [from, low).
        int low = from;
        // Strides of 1, 2, 4, … 2³⁰ together reach over any length, so that the one that overflows is never used.
        for (int stride = 1; low < length; stride *= 2) {
            int first = low;
            int last = low + Math.min(stride, length - low) - 1;
            if (!isBefore.test(last)) {
                return first + partitionPoint(last - first, offset -> isBefore.test(first + offset));
            }
            low = last + 1;
        }
        return length;
    }
}
