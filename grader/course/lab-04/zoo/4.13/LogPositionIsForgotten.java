// exercise: 4.13
// type: storagelab.btree.Checkpointer
// verdict: caught
// because: the meta page says log position 0, so that after a crash the whole log is applied to a tree that has most of it
public final class Checkpointer {
    private MetaPage next(MetaPage last, TreeState state, int freeListPage) {
        return new MetaPage(
                tree.pageSizeBytes(),
                last.checkpoint() + 1,
                state.version(),
                state.root(),
                tree.freeList().pageCount(),
                freeListPage,
                tree.entries(),
                depth(state.root()));
    }
}
