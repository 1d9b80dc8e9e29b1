// exercise: 4.3
// type: storagelab.cache.ClockPolicy
// verdict: caught
// because: a new page has its mark, so that what a scan brings stays for a whole round of the hand
public final class ClockPolicy {
    public void admit(int slot, int page) {
        if (taken[slot]) {
            throw new IllegalArgumentException("there is a page in slot " + slot);
        }
        taken[slot] = true;
        MARKS.setOpaque(marks, slot, SET);
    }
}
