// exercise: 4.3
// type: storagelab.cache.TwoQueuePolicy
// verdict: caught
// because: a touch moves a new page to the frequent ones: three uses by one query, and it outlives what is used every day
public final class TwoQueuePolicy {
    public void touch(int slot) {
        if (queues.contains(slot)) {
            recentCount -= isRecent[slot] ? 1 : 0;
            isRecent[slot] = false;
            queues.remove(slot);
            queues.addLast(FREQUENT, slot);
        }
    }
}
