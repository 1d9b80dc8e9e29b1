// exercise: 4.13
// type: storagelab.btree.Checkpointer
// verdict: accepted
// because: the changed pages are written before the free list: what is before the first sync has no order
public final class Checkpointer {
    public void checkpoint() {
        MetaPage last = tree.file().meta();
        if (tree.state().version() == last.version()) {
            return;
        }
        TreeState state = tree.freeze();
        tree.reclaim();
        tree.pool().writeBack(state.version());
        tree.freeList().dropFreeTail();
        int freeListPage = storeFreeList(last.version(), state.version());
        tree.file().sync();
        tree.file().publish(next(last, state, freeListPage));
        tree.reclaimer().release(last.version());
        tree.reclaim();
    }
}
