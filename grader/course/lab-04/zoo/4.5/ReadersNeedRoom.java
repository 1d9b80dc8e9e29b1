// exercise: 4.5
// type: storagelab.page.PoolSlots
// verdict: caught
// because: when all pages are pinned a reader gets an exception, though nobody has to keep its page
final class PoolSlots {
    int take(boolean needed) {
        StorageIoException failure = null;
        while (emptyCount == 0) {
            int slot = policy.victim(failure == null ? mayGo : mayGoUnwritten);
            if (slot != EvictionPolicy.NONE) {
                failure = evict(frameIn(slot), failure);
            } else if (inTransit > 0) {
                moved.awaitUninterruptibly();
            } else if (failure != null) {
                throw failure;
            } else {
                throw new IllegalStateException("all " + frames.length + " pages of the pool are pinned");
            }
        }
        inTransit++;
        return emptySlots[--emptyCount];
    }
}
