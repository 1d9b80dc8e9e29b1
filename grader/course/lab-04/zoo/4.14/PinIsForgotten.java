// exercise: 4.14
// type: storagelab.btree.LeafChange
// verdict: caught
// because: the leaf is pinned and never unpinned: with every write the pool has one page less

public final class LeafChange {
    public static Outcome tryInPlace(SharedTree tree, WriteBatch.Operation operation) {
        int root = tree.state().root();
        if (root == PageSource.NO_PAGE) {
            return Outcome.NEEDS_COPIES;
        }
        Frame leaf = TreeReader.leaf(tree, root, operation.key());
        if (leaf.born() <= tree.frozenVersion()) {
            return Outcome.NEEDS_COPIES;
        }
        Frame frame = tree.pool().pin(leaf.page());
        return new Attempt(tree, frame, frame.page() == root).apply(operation);
    }
}
