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
        int depth = depth(state.root());
        tree.reclaim();
        tree.pool().writeBack(state.version());
        tree.freeList().dropFreeTail();
        int freeListPage = storeFreeList(last.version(), state.version());
        tree.file().sync();
        MetaPage next = new MetaPage(
                tree.pageSizeBytes(),
                last.checkpoint() + 1,
                state.version(),
                state.root(),
                tree.freeList().pageCount(),
                freeListPage,
                tree.entries(),
                depth);
        tree.file().publish(next);
        tree.reclaimer().release(last.version());
        tree.reclaim();
    }
}
