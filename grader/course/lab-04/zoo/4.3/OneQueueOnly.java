// exercise: 4.3
// type: storagelab.cache.TwoQueuePolicy
// verdict: caught
// because: if no page may go of the queue whose turn it is, nobody goes
public final class TwoQueuePolicy {
    public int victim(IntPredicate evictable) {
        return queues.firstOf(recentCount > recentMax ? RECENT : FREQUENT, evictable);
    }
}
