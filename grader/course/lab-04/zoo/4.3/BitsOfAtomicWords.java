// exercise: 4.3
// type: storagelab.cache.ClockPolicy
// verdict: accepted
// because: marks as the bits of words that are changed atomically
// replace: type
import java.util.concurrent.atomic.AtomicLongArray;

public final class ClockPolicy implements EvictionPolicy {
    private final AtomicLongArray marks;
    private final boolean[] taken;
    private int hand;

    public ClockPolicy(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a memory of " + capacity + " slots");
        }
        marks = new AtomicLongArray(capacity / 64 + 1);
        taken = new boolean[capacity];
    }

    public void admit(int slot, int page) {
        if (taken[slot]) {
            throw new IllegalArgumentException("there is a page in slot " + slot);
        }
        taken[slot] = true;
        takeMark(slot);
    }

    public void touch(int slot) {
        long bit = 1L << slot;
        if ((marks.get(slot / 64) & bit) == 0) {
            marks.getAndAccumulate(slot / 64, bit, (word, more) -> word | more);
        }
    }

    public int victim(IntPredicate evictable) {
        int anybody = NONE;
        for (int step = 0; step < 2 * taken.length; step++) {
            int slot = hand;
            hand = (hand + 1) % taken.length;
            if (taken[slot] && evictable.test(slot)) {
                anybody = slot;
                if (!takeMark(slot)) {
                    return slot;
                }
            }
        }
        return anybody;
    }

    public void remove(int slot) {
        if (!taken[slot]) {
            throw new IllegalArgumentException("there is no page in slot " + slot);
        }
        taken[slot] = false;
    }

    public boolean touchesConcurrently() {
        return true;
    }

    private boolean takeMark(int slot) {
        long bit = 1L << slot;
        return (marks.getAndAccumulate(slot / 64, bit, (word, less) -> word & ~less) & bit) != 0;
    }
}
