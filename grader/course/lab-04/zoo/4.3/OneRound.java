// exercise: 4.3
// type: storagelab.cache.ClockPolicy
// verdict: caught
// because: after one round it gives up: if all pages are marked, nobody goes
public final class ClockPolicy {
    public int victim(IntPredicate evictable) {
        for (int step = 0; step < taken.length; step++) {
            int slot = hand;
            hand = hand + 1 < taken.length ? hand + 1 : 0;
            if (!taken[slot] || !evictable.test(slot)) {
                continue;
            }
            if ((byte) MARKS.getOpaque(marks, slot) == CLEAR) {
                return slot;
            }
            MARKS.setOpaque(marks, slot, CLEAR);
        }
        return NONE;
    }
}
