// exercise: 4.3
// type: storagelab.cache.ClockPolicy
// verdict: caught
// because: the mark of a page that has gone is the mark of the next page in its slot
public final class ClockPolicy {
    public void admit(int slot, int page) {
        if (taken[slot]) {
            throw new IllegalArgumentException("there is a page in slot " + slot);
        }
        taken[slot] = true;
    }
}
