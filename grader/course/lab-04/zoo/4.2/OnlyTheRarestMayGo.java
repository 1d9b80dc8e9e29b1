// exercise: 4.2
// type: storagelab.cache.LfuPolicy
// verdict: caught
// because: if no page of the rarest group may go, nobody goes
public final class LfuPolicy {
    public int victim(IntPredicate evictable) {
        int group = groups.first(IN_USE);
        return group == NONE ? NONE : slots.firstOf(group, evictable);
    }
}
