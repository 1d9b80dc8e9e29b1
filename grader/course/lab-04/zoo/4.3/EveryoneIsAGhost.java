// exercise: 4.3
// type: storagelab.cache.TwoQueuePolicy
// verdict: caught
// because: a page that goes from the frequent ones leaves a ghost as well
public final class TwoQueuePolicy {
    public void remove(int slot) {
        queues.requireTaken(slot);
        queues.remove(slot);
        if (isRecent[slot]) {
            recentCount--;
        }
        addGhost(pages[slot]);
    }
}
