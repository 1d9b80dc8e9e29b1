// exercise: 4.2
// type: storagelab.cache.LfuPolicy
// verdict: caught
// because: a touched slot joins the group behind its own without a look at that group's count
public final class LfuPolicy {
    public void touch(int slot) {
        if (!slots.contains(slot)) {
            return;
        }
        int group = groupOfSlot[slot];
        int target = groups.after(group);
        slots.remove(slot);
        if (target == NONE) {
            target = takeSpare(usesOfGroup[group] + 1);
            groups.addAfter(group, target);
        }
        put(slot, target);
        giveBackIfEmpty(group);
    }
}
