package storagelab.bounds;

import java.util.Arrays;

/**
 * A sorted array in blocks of sixteen ints, one cache line each, under a tree of such blocks: a B+tree without
 * pointers.
 *
 * <p>Memory is read a line of 64 bytes at a time, whether one number of it is wanted or sixteen. A binary search of a
 * sorted array uses one number of most lines that it waits for. Here a line that has arrived is used up: its fifteen
 * separators choose one of sixteen children, so that 16 million numbers need six lines, of which the upper four are
 * always in a cache. It is the idea of lab 4, with cache lines for pages.
 *
 * <p>The lowest level is the sorted array itself, and so the place that is found there is the answer. A separator is
 * the smallest number of the child to its right. The children of block b of one level are the blocks 16b to 16b + 15 of
 * the next; what lies behind the end is filled with 2³¹−1.
 *
 * <p>Cost: ⌈log₁₆ n⌉ lines; a sixteenth more memory than the array.
 */
public final class BlockTreeInts implements SortedInts {
    private static final int BLOCK_LENGTH = 16;

    /** A Java array begins 16 bytes behind the head of its object; twelve more ints, and a line begins. */
    private static final int PADDING = 12;

    private final int length;
    private final int[] blocks;

    /** Where in {@code blocks} each level begins: the root first, the sorted array last. */
    private final int[] levelStarts;

    /**
     * A copy of {@code sorted} with a tree above it.
     *
     * @param sorted ascending, duplicates allowed, at most 1.9 billion
     */
    public BlockTreeInts(int[] sorted) {
        length = sorted.length;
        int levels = 1;
        for (long reach = BLOCK_LENGTH; reach < length; reach *= BLOCK_LENGTH) {
            levels++;
        }
        levelStarts = new int[levels];
        long end = PADDING;
        for (int level = 0; level < levels; level++) {
            levelStarts[level] = Math.toIntExact(end);
            end += BLOCK_LENGTH * blocksOn(level);
        }
        blocks = new int[Math.toIntExact(end)];
        Arrays.fill(blocks, Integer.MAX_VALUE);
        System.arraycopy(sorted, 0, blocks, levelStarts[levels - 1], length);
        for (int level = 0; level < levels - 1; level++) {
            fillSeparators(level, sorted);
        }
    }

    /** How many numbers are below one block of a level. */
    private long reachOf(int level) {
        return 1L << (4 * (levelStarts.length - level));
    }

    private long blocksOn(int level) {
        return Math.max(1, (length + reachOf(level) - 1) / reachOf(level));
    }

    private void fillSeparators(int level, int[] sorted) {
        long childReach = reachOf(level + 1);
        for (int block = 0; block < blocksOn(level); block++) {
            for (int slot = 0; slot < BLOCK_LENGTH - 1; slot++) {
                long first = block * reachOf(level) + (slot + 1) * childReach;
                if (first < length) {
                    blocks[levelStarts[level] + block * BLOCK_LENGTH + slot] = sorted[(int) first];
                }
            }
        }
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int lowerBound(int target) {
        int[] numbers = blocks;
        // Invariant: what is to the left of this block is smaller than target, what is to the right of it is not.
        int block = 0;
        for (int start : levelStarts) {
            block = BLOCK_LENGTH * block + countLess(numbers, start + BLOCK_LENGTH * block, target);
        }
        return Math.min(length, block);
    }

    /**
     * How many of the sixteen numbers from {@code at} on are smaller than {@code target}. They are sorted: three of
     * them say which group of four, and the four say the rest. No comparison waits for another of its group, and none
     * is a branch.
     */
    private static int countLess(int[] numbers, int at, int target) {
        int group = 4
                * (BranchFreeInts.oneIfLess(numbers[at + 3], target)
                        + BranchFreeInts.oneIfLess(numbers[at + 7], target)
                        + BranchFreeInts.oneIfLess(numbers[at + 11], target));
        return group
                + BranchFreeInts.oneIfLess(numbers[at + group], target)
                + BranchFreeInts.oneIfLess(numbers[at + group + 1], target)
                + BranchFreeInts.oneIfLess(numbers[at + group + 2], target)
                + BranchFreeInts.oneIfLess(numbers[at + group + 3], target);
    }
}
