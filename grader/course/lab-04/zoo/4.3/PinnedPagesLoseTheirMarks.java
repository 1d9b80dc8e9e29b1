// exercise: 4.3
// type: storagelab.cache.ClockPolicy
// verdict: caught
// because: the hand takes the marks of pages, too, that may not go
public final class ClockPolicy {
    public int victim(IntPredicate evictable) {
        int last = NONE;
        for (int step = 0; step < 2 * taken.length; step++) {
            int slot = hand;
            hand = hand + 1 < taken.length ? hand + 1 : 0;
            if (!taken[slot]) {
                continue;
            }
            boolean marked = (byte) MARKS.getOpaque(marks, slot) == SET;
            MARKS.setOpaque(marks, slot, CLEAR);
            if (!evictable.test(slot)) {
                continue;
            }
            if (!marked) {
                return slot;
            }
            last = slot;
        }
        return last;
    }
}
