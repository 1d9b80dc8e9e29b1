package storagelab.bounds;

/**
 * Sorted ints in the order of a binary tree, level by level: first the middle, then the two quarters, then the four
 * eighths. The children of the number at k are at 2k and 2k + 1, as in a heap; index 0 is not used.
 *
 * <p>Example: {@code [10, 20, 30, 40, 50, 60, 70]} is stored as {@code [–, 40, 20, 60, 10, 30, 50, 70]}.
 *
 * <p>The first probes of every search fall into the same few cache lines, which stay in the cache. (In a sorted array
 * each of the first probes has a line for itself, with fifteen numbers in it that nobody asks for.) And the sixteen
 * numbers that can be reached four steps below k are neighbours, from 16k on: on whichever way the search goes on, they
 * are in the same one or two lines. That is why this search has ordinary branches. Where the processor guesses it reads
 * ahead, and four levels ahead even a wrong guess fetches the right line.
 *
 * <p>It is named after Michaël Eytzinger, who in 1590 numbered his ancestors in this way.
 *
 * <p>Cost: ⌈log₂(n+1)⌉ comparisons, in about a fourth as many cache lines.
 */
public final class EytzingerInts implements SortedInts {
    private final int[] tree;

    /** Numbers of levels; all but the last are full. */
    private final int levels;

    /** How many numbers the last level has. */
    private final int lastLevel;

    /**
     * A copy of {@code sorted} in the order of a tree.
     *
     * @param sorted ascending, duplicates allowed, fewer than 2³⁰
     */
    public EytzingerInts(int[] sorted) {
        if (sorted.length >= 1 << 30) {
            throw new IllegalArgumentException(sorted.length + " numbers, and the children of the last need an int");
        }
        tree = new int[sorted.length + 1];
        levels = Integer.SIZE - Integer.numberOfLeadingZeros(sorted.length);
        lastLevel = levels == 0 ? 0 : sorted.length - ((1 << (levels - 1)) - 1);
        fill(sorted, 0, 1);
    }

    /** Stores numbers from {@code next} on below {@code node}, left to right, and returns the first that is left. */
    private int fill(int[] sorted, int next, int node) {
        if (node >= tree.length) {
            return next;
        }
        int middle = fill(sorted, next, 2 * node);
        tree[node] = sorted[middle];
        return fill(sorted, middle + 1, 2 * node + 1);
    }

    @Override
    public int length() {
        return tree.length - 1;
    }

    @Override
    public int lowerBound(int target) {
        int[] nodes = tree;
        int node = 1;
        while (node < nodes.length) {
            if (nodes[node] < target) {
                node = 2 * node + 1;
            } else {
                node = 2 * node;
            }
        }
        return index(node);
    }

    /**
     * How many numbers are before the gap that a search ended in. The bits of {@code node} behind its first are the way
     * down, 1 for right: in a tree whose last level is full, they are that number. Of the numbers of the last level,
     * which are every other one, those that are missing have to be taken off.
     */
    private int index(int node) {
        int depth = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(node);
        int gap = (node << (levels - depth)) - (1 << levels);
        int missing = Math.max(0, (gap + 1) / 2 - lastLevel);
        return gap - missing;
    }
}
