// exercise: 4.14
// type: storagelab.btree.LeafChange
// verdict: caught
// because: the leaf is pinned and never unpinned: with every write the pool has one page less

public final class LeafChange {
    public static Outcome tryInPlace(OpenTree tree, WriteBatch.Operation operation) {
        int root = tree.state().root();
        if (root == PageSource.NO_PAGE) {
            return Outcome.NEEDS_COPIES;
        }
        int page = root;
        byte[] bytes = tree.read(page);
        while (PageLayout.kind(bytes) == PageLayout.BRANCH) {
            BranchNode branch = new BranchNode(bytes);
            page = branch.child(branch.childIndex(operation.key()));
            bytes = tree.read(page);
        }
        if (PageLayout.born(bytes) <= tree.frozenVersion()) {
            return Outcome.NEEDS_COPIES;
        }
        Frame frame = tree.pool().pin(page);
        return new Attempt(tree, frame, page == root).apply(operation);
    }
}
