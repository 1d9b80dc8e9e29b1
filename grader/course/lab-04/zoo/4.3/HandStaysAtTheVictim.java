// exercise: 4.3
// type: storagelab.cache.ClockPolicy
// verdict: caught
// because: the hand stays at the slot that it found, and takes the new page in it at once
public final class ClockPolicy {
    public int victim(IntPredicate evictable) {
        int last = NONE;
        for (int step = 0; step < 2 * taken.length; step++) {
            int slot = hand;
            if (taken[slot] && evictable.test(slot)) {
                if ((byte) MARKS.getOpaque(marks, slot) == CLEAR) {
                    return slot;
                }
                MARKS.setOpaque(marks, slot, CLEAR);
                last = slot;
            }
            hand = hand + 1 < taken.length ? hand + 1 : 0;
        }
        return last;
    }
}
