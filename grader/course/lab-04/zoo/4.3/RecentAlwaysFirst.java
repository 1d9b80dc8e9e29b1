// exercise: 4.3
// type: storagelab.cache.TwoQueuePolicy
// verdict: caught
// because: new pages go first as long as there are any, so that a quarter of the memory is not theirs and nobody has the time to come back
public final class TwoQueuePolicy {
    public int victim(IntPredicate evictable) {
        int slot = queues.firstOf(RECENT, evictable);
        return slot != NONE ? slot : queues.firstOf(FREQUENT, evictable);
    }
}
