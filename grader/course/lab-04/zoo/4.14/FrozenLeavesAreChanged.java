// exercise: 4.14
// type: storagelab.btree.LeafChange
// verdict: caught
// because: a leaf is changed in place although a snapshot is looking at it
public final class LeafChange {
    public static Outcome tryInPlace(SharedTree tree, WriteBatch.Operation operation) {
        int root = tree.state().root();
        if (root == PageSource.NO_PAGE) {
            return Outcome.NEEDS_COPIES;
        }
        Frame frame = tree.pool().pin(TreeReader.leaf(tree, root, operation.key()).page());
        try {
            return new Attempt(tree, frame, frame.page() == root).apply(operation);
        } finally {
            tree.pool().unpin(frame);
        }
    }

    private record Attempt(SharedTree tree, Frame frame, boolean isRoot) {
        private boolean change(Runnable steps) {
            tree.latch().lock();
            try {
                underTheStamp(steps);
                tree.pool().markDirty(frame);
                return true;
            } finally {
                tree.latch().unlock();
            }
        }
    }
}
