// exercise: 4.3
// type: storagelab.cache.TwoQueuePolicy
// verdict: caught
// because: a touch moves a new page to the end of the new ones, which is least recently used and not first in, first out
public final class TwoQueuePolicy {
    public void touch(int slot) {
        if (queues.contains(slot)) {
            queues.remove(slot);
            queues.addLast(isRecent[slot] ? RECENT : FREQUENT, slot);
        }
    }
}
