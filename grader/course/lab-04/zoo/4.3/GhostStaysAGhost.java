// exercise: 4.3
// type: storagelab.cache.TwoQueuePolicy
// verdict: caught
// because: a page that has come back is still among the ghosts
public final class TwoQueuePolicy {
    public void admit(int slot, int page) {
        queues.requireEmpty(slot);
        pages[slot] = page;
        isRecent[slot] = !ghosts.contains(page);
        if (isRecent[slot]) {
            recentCount++;
        }
        queues.addLast(isRecent[slot] ? RECENT : FREQUENT, slot);
    }
}
