package storagelab.bounds;

import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.search.BinarySearch;
import storagelab.search.IntSequence;

/**
 * Searches a sorted sequence that was cut somewhere and whose two parts were swapped: {@code [4, 5, 6, 7, 0, 1, 2]}.
 *
 * <p>That is what a ring buffer looks like. A store that keeps the newest million posts in a file of a million slots
 * overwrites the oldest; after a restart the times in the slots ascend, but for one place where they fall. The slot
 * behind that place has the oldest post. Several posts can have the same time.
 */
public final class RotatedSearch {
    private RotatedSearch() {}

    /**
     * The index at which the ascending sequence begins: the one element that is smaller than the element before it. If
     * there is none, because nothing was rotated or because all elements are equal or there are none, 0. Reading from
     * there to the end, and then from 0, gives an ascending sequence.
     *
     * <p>The element there is the minimum: this is LeetCode 153 without duplicates and LeetCode 154 with them.
     * Examples: {@code [4, 5, 6, 7, 0, 1, 2]} → 4; {@code [11, 13, 15]} → 0; {@code [2, 2, 2, 0, 1]} → 3;
     * {@code [2, 2, 0, 2]} → 2; {@code [0, 2, 0, 0]} → 2, because the ascending sequence {@code 0, 0, 0, 2} begins at
     * index 2, although index 0 has a 0 as well; {@code [3, 3, 3]} → 0.
     *
     * <p>If the first element is greater than the last, "greater than the last" is true for every element before the
     * rotation point and false from there on, whatever duplicates there are between: a partition point. Where the first
     * and the last are equal, a middle element with the same value says nothing about the side on which the rest is: of
     * {@code [1, 1, 1, 0, 1]} and {@code [1, 0, 1, 1, 1]} the ends and the middle are the same. Only then does it take
     * more than halving, and only as long as one sees that value.
     *
     * <p>Cost: at most ⌈log₂(n+1)⌉ + 2 calls of {@link IntSequence#get} if the first element and the last differ: 22
     * for a million, 33 for 2³¹−1, even if there are no more than two different values. If they are equal, at most one
     * call more for each element of that value.
     *
     * @param rotated ascending from the rotation point on, around the end, duplicates allowed; what comes back for
     *     another sequence is not defined, except that the search ends
     */
    @Exercise(
            id = "2.3",
            title = "Search a rotated sequence",
            points = 10,
            difficulty = Difficulty.MEDIUM,
            hours = 2,
            needs = {"1.1", "2.1"})
    public static int rotationPoint(IntSequence rotated) {
        int length = rotated.length();
        if (length < 2) {
            return 0;
        }
        // Invariant: every element of [end, length) equals the first, and last is the element before end.
        int first = rotated.get(0);
        int end = length;
        int last = rotated.get(end - 1);
        while (last == first && end > 1) {
            end--;
            last = rotated.get(end - 1);
        }
        if (last > first) {
            return end < length ? end : 0; // [0, end) ascends; if equals of the first follow, they are where it falls
        }
        int greatestBehind = last; // if all elements are equal, end is 1, and 0 the only answer there is
        return Bounds.partitionPoint(end - 1, index -> rotated.get(index) > greatestBehind);
    }

    /**
     * The index of an element that equals {@code target}, or −1 if there is none. Where there are several, any of them.
     *
     * <p>This is LeetCode 33 without duplicates and LeetCode 81 with them. Examples: in {@code [4, 5, 6, 7, 0, 1, 2]}
     * the index of 0 is 4 and the index of 3 is −1; in {@code [2, 5, 6, 0, 0, 1, 2]} the index of 0 is 3 or 4, and the
     * index of 2 is 0 or 6.
     *
     * <p>From the rotation point on, the sequence is sorted, if one goes around at the end. Mind that the sum of the
     * rotation point and an index need not fit an {@code int}.
     *
     * <p>Cost: at most 2·⌈log₂(n+1)⌉ + 2 calls of {@link IntSequence#get} if the first element and the last differ, 42
     * for a million. So the second search has no call left to look again at what it found: it ends at a hit, as that of 1.1
     * does. If they are equal, at most one call more than that for each element of that value.
     *
     * @param rotated ascending from the rotation point on, around the end, duplicates allowed
     */
    @ExercisePart("2.3")
    public static int indexOf(IntSequence rotated, int target) {
        Unrotated sorted = new Unrotated(rotated, rotationPoint(rotated));
        int found = BinarySearch.indexOf(sorted, target);
        return found < 0 ? -1 : sorted.place(found);
    }

    /** The ascending sequence: its index 0 is at the rotation point. */
    @Solution
    private record Unrotated(IntSequence rotated, int rotationPoint) implements IntSequence {
        @Override
        public int length() {
            return rotated.length();
        }

        @Override
        public int get(int index) {
            return rotated.get(place(index));
        }

        /** The index in the rotated sequence. */
        int place(int index) {
            int untilEnd = rotated.length() - rotationPoint;
            return index < untilEnd ? rotationPoint + index : index - untilEnd;
        }
    }
}
