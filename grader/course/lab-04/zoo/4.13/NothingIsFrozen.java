// exercise: 4.13
// type: storagelab.btree.Checkpointer
// verdict: caught
// because: the pages of a checkpoint are changed in place and written over afterwards
public final class Checkpointer {
    public void checkpoint() {
        MetaPage last = tree.file().meta();
        if (tree.state().version() == last.version()) {
            return;
        }
        tree.reclaim();
        TreeState state = tree.state();
        tree.reclaimer().hold(state.version());
        tree.freeList().dropFreeTail();
        int freeListPage = storeFreeList(last.version(), state.version());
        tree.pool().writeBack(state.version());
        tree.file().sync();
        tree.file().publish(next(last, state, freeListPage));
        tree.reclaimer().release(last.version());
        tree.reclaim();
    }
}
