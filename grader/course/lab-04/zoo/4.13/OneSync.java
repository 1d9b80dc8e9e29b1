// exercise: 4.13
// type: storagelab.btree.Checkpointer
// verdict: caught
// because: one sync at the end: the meta page may be on the disk before the pages that it refers to
public final class Checkpointer {
    public void checkpoint() {
        MetaPage last = tree.file().meta();
        if (tree.state().version() == last.version()) {
            return;
        }
        tree.reclaim();
        TreeState state = tree.freeze();
        tree.freeList().dropFreeTail();
        int freeListPage = storeFreeList(last.version(), state.version());
        tree.pool().writeBack(state.version());
        tree.file().publish(next(last, state, freeListPage));
        tree.reclaimer().release(last.version());
        tree.reclaim();
    }
}
