// exercise: 4.14
// type: storagelab.btree.LeafChange
// verdict: caught
// because: a snapshot that is taken after the leaf was looked at and before it is changed sees the change

public final class LeafChange {
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
