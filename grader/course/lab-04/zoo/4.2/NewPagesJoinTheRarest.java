// exercise: 4.2
// type: storagelab.cache.LfuPolicy
// verdict: caught
// because: a new page joins the first group, whatever its count is, instead of beginning with one use
public final class LfuPolicy {
    public void admit(int slot, int page) {
        slots.requireEmpty(slot);
        int group = groups.first(IN_USE);
        if (group == NONE) {
            group = takeSpare(1);
            groups.addFirst(IN_USE, group);
        }
        put(slot, group);
    }
}
