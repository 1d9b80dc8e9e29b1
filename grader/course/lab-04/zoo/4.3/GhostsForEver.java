// exercise: 4.3
// type: storagelab.cache.TwoQueuePolicy
// verdict: caught
// because: ghosts are never forgotten: their number grows with every page there ever was
public final class TwoQueuePolicy {
    private void addGhost(int page) {
        ghosts.add(page);
    }
}
