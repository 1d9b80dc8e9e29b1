// exercise: 4.3
// type: storagelab.cache.ClockPolicy
// verdict: caught
// because: every method is synchronized, so that a reader waits for whoever looks for a victim
public final class ClockPolicy {
    public synchronized void touch(int slot) {
        MARKS.setOpaque(marks, slot, SET);
    }

    public synchronized int victim(IntPredicate evictable) {
        int last = NONE;
        for (int step = 0; step < 2 * taken.length; step++) {
            int slot = hand;
            hand = hand + 1 < taken.length ? hand + 1 : 0;
            if (!taken[slot] || !evictable.test(slot)) {
                continue;
            }
            if ((byte) MARKS.getOpaque(marks, slot) == CLEAR) {
                return slot;
            }
            MARKS.setOpaque(marks, slot, CLEAR);
            last = slot;
        }
        return last;
    }
}
