package storagelab.bounds;

/**
 * A sorted array that is searched without a branch for the processor to guess wrong.
 *
 * <p>An ordinary binary search asks "left or right?" at every step, and for random targets the processor guesses wrong
 * at every other step: 15 to 20 cycles lost each time. Here the answer is not jumped on but added: the step is
 * {@code half & mask}, where the mask is all ones or all zeros. As long as the array is in a cache, that is the faster
 * way.
 *
 * <p>In memory it is the slower one. A processor that guesses also reads ahead on its guess, and is right half of the
 * time; this loop cannot know the next address before the last number has arrived, and so it waits for each of them.
 *
 * <p>Cost: ⌈log₂(n)⌉ + 1 comparisons, in as many places of memory.
 */
public final class BranchFreeInts implements SortedInts {
    private final int[] sorted;

    /**
     * A copy of {@code sorted}.
     *
     * @param sorted ascending, duplicates allowed
     */
    public BranchFreeInts(int[] sorted) {
        this.sorted = sorted.clone();
    }

    @Override
    public int length() {
        return sorted.length;
    }

    @Override
    public int lowerBound(int target) {
        int[] numbers = sorted;
        if (numbers.length == 0) {
            return 0;
        }
        // Invariant: everything before base is smaller than target; the answer is in [base, base + length].
        int base = 0;
        int length = numbers.length;
        while (length > 1) {
            int half = length >>> 1;
            base += half & -oneIfLess(numbers[base + half - 1], target);
            length -= half;
        }
        return base + oneIfLess(numbers[base], target);
    }

    /** 1 if {@code number} is smaller than {@code target}, else 0: the sign of their difference, as a long. */
    static int oneIfLess(int number, int target) {
        return (int) (((long) number - target) >>> 63);
    }
}
