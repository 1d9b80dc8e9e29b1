// exercise: 4.3
// type: storagelab.cache.ClockPolicy
// verdict: caught
// because: after two rounds it says that nobody may go, also if pages may go that others have touched meanwhile
public final class ClockPolicy {
    public int victim(IntPredicate evictable) {
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
        }
        return NONE;
    }
}
