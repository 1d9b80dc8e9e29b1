// exercise: 4.13
// type: storagelab.btree.Checkpointer
// verdict: caught
// because: what a snapshot needs now is not free for whoever opens the file, who has no snapshots: lost for ever
public final class Checkpointer {
    private int storeFreeList(long lastVersion, long version) {
        FreeList now = tree.freeList();
        FreeList afterwards = now.copy();
        freeListPages.forEach(afterwards::release);
        int first = afterwards.store(tree.file(), version, now::isFree);
        for (int page : freeListPages) {
            tree.reclaimer().giveUp(page, lastVersion, version);
        }
        freeListPages = afterwards.storedIn();
        for (int page : freeListPages) {
            if (now.allocate() != page) {
                throw new AssertionError("page " + page);
            }
        }
        return first;
    }
}
