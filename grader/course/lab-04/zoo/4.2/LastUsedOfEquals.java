// exercise: 4.2
// type: storagelab.cache.LfuPolicy
// verdict: caught
// because: of equals the one goes that was used last: a slot is put at the front of its group
public final class LfuPolicy {
    private void put(int slot, int group) {
        slots.addFirst(group, slot);
        groupOfSlot[slot] = group;
    }
}
