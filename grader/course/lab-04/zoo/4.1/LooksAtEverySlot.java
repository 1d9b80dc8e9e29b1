// exercise: 4.1
// type: storagelab.cache.LruPolicy
// verdict: caught
// because: every slot knows when it was used last, and the victim is found by looking at all of them
// replace: type
public final class LruPolicy implements EvictionPolicy {
    private final long[] lastUses;
    private long now;

    public LruPolicy(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a memory of " + capacity + " slots");
        }
        lastUses = new long[capacity];
    }

    public void admit(int slot, int page) {
        if (lastUses[slot] != 0) {
            throw new IllegalArgumentException("there is a page in slot " + slot);
        }
        lastUses[slot] = ++now;
    }

    public void touch(int slot) {
        if (lastUses[slot] != 0) {
            lastUses[slot] = ++now;
        }
    }

    public int victim(IntPredicate evictable) {
        int oldest = NONE;
        for (int slot = 0; slot < lastUses.length; slot++) {
            if (lastUses[slot] != 0 && (oldest == NONE || lastUses[slot] < lastUses[oldest]) && evictable.test(slot)) {
                oldest = slot;
            }
        }
        return oldest;
    }

    public void remove(int slot) {
        if (lastUses[slot] == 0) {
            throw new IllegalArgumentException("there is no page in slot " + slot);
        }
        lastUses[slot] = 0;
    }
}
