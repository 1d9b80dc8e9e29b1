// exercise: 4.3
// type: storagelab.cache.ClockPolicy
// verdict: caught
// because: every search for a victim begins at slot 0, which makes the first slots change hands and the last ones stay
public final class ClockPolicy {
    public int victim(IntPredicate evictable) {
        hand = 0;
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
