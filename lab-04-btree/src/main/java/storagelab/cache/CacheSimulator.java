package storagelab.cache;

import java.util.Arrays;

/**
 * Plays a trace through a memory of some slots without any pages in them, and counts how often a page that was wanted
 * was there. A trace is the numbers of the pages that were wanted, in order.
 *
 * <p>Cost: O(1) and the calls of the policy for each page of the trace.
 */
public final class CacheSimulator {
    private static final int NOWHERE = -1;

    private final EvictionPolicy policy;
    private final int capacity;

    /** The page in each slot that has one. */
    private final int[] pages;

    /** The slot of each page, by number; grows as pages come. */
    private int[] slots = new int[0];

    private int taken;

    /**
     * A memory of {@code capacity} slots, all of them empty.
     *
     * @param policy says which page goes; it was made for as many slots and has not been used
     */
    public CacheSimulator(EvictionPolicy policy, int capacity) {
        this.policy = policy;
        this.capacity = capacity;
        pages = new int[capacity];
    }

    /**
     * How many pages of {@code trace} are in a memory of {@code capacity} slots when they are wanted, it being empty at
     * first.
     */
    public static int hits(EvictionPolicy policy, int capacity, int[] trace) {
        CacheSimulator simulator = new CacheSimulator(policy, capacity);
        int hits = 0;
        for (int page : trace) {
            if (simulator.access(page)) {
                hits++;
            }
        }
        return hits;
    }

    /**
     * Wants {@code page}: a page that is there is touched, another one is admitted, and if all slots are taken one goes
     * for it.
     *
     * @param page its number, not negative
     * @return whether it was there
     */
    public boolean access(int page) {
        if (contains(page)) {
            policy.touch(slots[page]);
            return true;
        }
        int slot = taken < capacity ? taken++ : evicted();
        if (page >= slots.length) {
            int known = slots.length;
            slots = Arrays.copyOf(slots, Math.max(page + 1, 2 * known));
            Arrays.fill(slots, known, slots.length, NOWHERE);
        }
        pages[slot] = page;
        slots[page] = slot;
        policy.admit(slot, page);
        return false;
    }

    /** Whether {@code page} is there. */
    public boolean contains(int page) {
        return page < slots.length && slots[page] != NOWHERE;
    }

    private int evicted() {
        int slot = policy.victim(any -> true);
        if (slot < 0 || slot >= capacity) {
            throw new AssertionError("victim() is " + slot + ", of " + capacity + " slots that all may go");
        }
        policy.remove(slot);
        slots[pages[slot]] = NOWHERE;
        return slot;
    }
}
