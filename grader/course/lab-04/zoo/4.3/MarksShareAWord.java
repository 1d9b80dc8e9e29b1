// exercise: 4.3
// type: storagelab.cache.ClockPolicy
// verdict: caught
// because: 64 marks share a word, and two threads that set two of them at once overwrite each other
// replace: type
import java.util.BitSet;

public final class ClockPolicy implements EvictionPolicy {
    private final int capacity;
    private final BitSet taken;
    private final long[] marks;
    private int hand;

    public ClockPolicy(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a memory of " + capacity + " slots");
        }
        this.capacity = capacity;
        taken = new BitSet(capacity);
        marks = new long[capacity / 64 + 1];
    }

    public void admit(int slot, int page) {
        if (taken.get(slot)) {
            throw new IllegalArgumentException("there is a page in slot " + slot);
        }
        taken.set(slot);
        marks[slot / 64] &= ~(1L << slot);
    }

    public void touch(int slot) {
        marks[slot / 64] |= 1L << slot;
    }

    public int victim(IntPredicate evictable) {
        int last = NONE;
        for (int step = 0; step < 2 * capacity; step++) {
            int slot = hand;
            hand = (hand + 1) % capacity;
            if (!taken.get(slot) || !evictable.test(slot)) {
                continue;
            }
            if ((marks[slot / 64] & 1L << slot) == 0) {
                return slot;
            }
            marks[slot / 64] &= ~(1L << slot);
            last = slot;
        }
        return last;
    }

    public void remove(int slot) {
        if (!taken.get(slot)) {
            throw new IllegalArgumentException("there is no page in slot " + slot);
        }
        taken.clear(slot);
    }

    public boolean touchesConcurrently() {
        return true;
    }
}
