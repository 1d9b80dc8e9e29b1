// exercise: 4.13
// type: storagelab.btree.Checkpointer
// verdict: caught
// because: the free list is stored in pages that the checkpoint before still needs if the power goes now
public final class Checkpointer {
    private int storeFreeList(long lastVersion, long version) {
        FreeList now = tree.freeList();
        FreeList afterwards = now.copy();
        tree.reclaimer().waiting().forEach(afterwards::release);
        freeListPages.forEach(afterwards::release);
        for (int page : freeListPages) {
            tree.reclaimer().giveUp(page, lastVersion, version);
        }
        int first = afterwards.store(tree.file(), version);
        freeListPages = afterwards.storedIn();
        return first;
    }
}
