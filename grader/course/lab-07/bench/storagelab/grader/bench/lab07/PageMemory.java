package storagelab.grader.bench.lab07;

import java.util.Arrays;
import storagelab.cache.EvictionPolicy;
import storagelab.writeback.ArcCache;

/** A memory of a few pages whose owner says which page comes before it asks which one goes. */
final class PageMemory {
    private static final int NOWHERE = -1;

    private final ArcCache policy;
    private final int[] slotOf; // of each page; NOWHERE if it is not there
    private final int[] pageIn; // of each slot
    private int taken;

    /** An empty memory of {@code slots}, for pages with numbers below {@code pages}. */
    PageMemory(int slots, int pages) {
        policy = new ArcCache(slots);
        slotOf = new int[pages];
        Arrays.fill(slotOf, NOWHERE);
        pageIn = new int[slots];
    }

    /** Wants a page. Returns whether it was there. */
    boolean want(int page) {
        if (slotOf[page] != NOWHERE) {
            policy.touch(slotOf[page]);
            return true;
        }
        policy.expect(page);
        int slot = taken < pageIn.length ? taken++ : evicted();
        policy.admit(slot, page);
        slotOf[page] = slot;
        pageIn[slot] = page;
        return false;
    }

    private int evicted() {
        int slot = policy.victim(any -> true);
        if (slot == EvictionPolicy.NONE) {
            throw new IllegalStateException("no page goes from a full memory");
        }
        policy.remove(slot);
        slotOf[pageIn[slot]] = NOWHERE;
        return slot;
    }
}
