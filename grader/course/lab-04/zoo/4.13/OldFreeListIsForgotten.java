// exercise: 4.13
// type: storagelab.btree.Checkpointer
// verdict: caught
// because: the pages of the free list before are neither free nor in use: the file grows with every checkpoint
public final class Checkpointer {
    private int storeFreeList(long lastVersion, long version) {
        FreeList now = tree.freeList();
        FreeList afterwards = now.copy();
        tree.reclaimer().waiting().forEach(afterwards::release);
        int first = afterwards.store(tree.file(), version, now::isFree);
        freeListPages = afterwards.storedIn();
        for (int page : freeListPages) {
            if (now.allocate() != page) {
                throw new AssertionError("page " + page);
            }
        }
        return first;
    }
}
