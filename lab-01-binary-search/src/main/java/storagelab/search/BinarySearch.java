package storagelab.search;

import java.util.List;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;

/** Finds an element of a sorted sequence by halving what is left. */
public final class BinarySearch {
    private BinarySearch() {}

    /**
     * The index of {@code target} in {@code sorted}, or −1 if it is not there. Where it occurs several times, the index
     * of any of them.
     *
     * <p>This is LeetCode 704. Example: in {@code [−1, 0, 3, 5, 9, 12]} the index of 9 is 4 and the index of 2 is −1.
     *
     * <p>Hold on to one invariant: if the target is anywhere, it is in {@code [low, high)}. It holds at first with
     * {@code low = 0} and {@code high = length}; look at the element in the middle and throw away the half that cannot
     * have it, the middle included; when nothing is left, it is nowhere.
     *
     * <p>Must also be right:
     *
     * <ul>
     *   <li>for the empty sequence and for one element;
     *   <li>for a target before the first element, after the last, and between two;
     *   <li>for a target and elements near {@link Integer#MIN_VALUE} and {@link Integer#MAX_VALUE};
     *   <li>for a sequence of 2³¹−1 elements, all of which are computed and none stored. There {@code low + high} does
     *       not fit an {@code int}: {@code 2,000,000,000 + 2,100,000,000 = −194,967,296}.
     * </ul>
     *
     * <p>Cost: at most ⌊log₂ n⌋ + 1 calls of {@link IntSequence#get} for n elements, and none for n = 0: 3 for 6
     * elements, 20 for a million, 31 for 2³¹−1.
     *
     * @param sorted ascending, duplicates allowed; what comes back for an unsorted sequence is not defined, except that
     *     the search ends
     */
    @Exercise(id = "1.1", title = "Binary search", points = 4, difficulty = Difficulty.EASY, hours = 0.5)
    public static int indexOf(IntSequence sorted, int target) {
        // Invariant: if target is anywhere, it is in [low, high).
        int low = 0;
        int high = sorted.length();
        while (low < high) {
            int middle = low + (high - low) / 2; // low + high may not fit an int, high - low always does
            int element = sorted.get(middle);
            if (element == target) {
                return middle;
            }
            if (element < target) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return -1;
    }

    /**
     * The same search over a list of anything that has an order: the index of an element that compares as equal to
     * {@code key}, or −1 if there is none.
     *
     * <p>Example: in {@code ["apple", "cherry", "plum"]}, as {@link storagelab.api.Slice}s, the index of {@code
     * "cherry"} is 1 and the index of {@code "banana"} is −1.
     *
     * <p>Equal means that {@code compareTo} returns 0, whatever {@code equals} says. {@code compareTo} may return any
     * negative or positive number, not only −1 and 1.
     *
     * <p>Cost: at most ⌊log₂ n⌋ + 1 calls of {@link List#get} and as many of {@code compareTo}.
     *
     * @param sorted ascending by {@code compareTo}, duplicates allowed
     */
    @ExercisePart("1.1")
    public static <T extends Comparable<? super T>> int indexOf(List<? extends T> sorted, T key) {
        // Invariant: if key is anywhere, it is in [low, high).
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = low + (high - low) / 2;
            int order = sorted.get(middle).compareTo(key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return -1;
    }
}
