// exercise: 4.3
// type: storagelab.cache.TwoQueuePolicy
// verdict: caught
// because: a page that has gone is forgotten, so that none ever comes back, and all that is left is first in, first out
public final class TwoQueuePolicy {
    private void addGhost(int page) {}
}
