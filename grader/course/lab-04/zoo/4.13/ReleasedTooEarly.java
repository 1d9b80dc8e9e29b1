// exercise: 4.13
// type: storagelab.btree.Checkpointer
// verdict: caught
// because: the checkpoint before is let go when the new one is begun: its pages are written over while it is still the valid one
public final class Checkpointer {
    public void checkpoint() {
        MetaPage last = tree.file().meta();
        if (tree.state().version() == last.version()) {
            return;
        }
        TreeState state = tree.freeze();
        tree.reclaimer().release(last.version());
        tree.reclaim();
        tree.freeList().dropFreeTail();
        int freeListPage = storeFreeList(last.version(), state.version());
        tree.pool().writeBack(state.version());
        tree.file().sync();
        tree.file().publish(next(last, state, freeListPage));
        tree.reclaim();
    }
}
