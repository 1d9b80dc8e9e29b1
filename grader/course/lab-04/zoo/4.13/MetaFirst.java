// exercise: 4.13
// type: storagelab.btree.Checkpointer
// verdict: caught
// because: the meta page is written first, and refers to pages that are on their way
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
        tree.file().publish(next(last, state, freeListPage));
        tree.pool().writeBack(state.version());
        tree.file().sync();
        tree.reclaimer().release(last.version());
        tree.reclaim();
    }
}
