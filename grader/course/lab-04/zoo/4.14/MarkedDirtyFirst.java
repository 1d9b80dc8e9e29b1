// exercise: 4.14
// type: storagelab.btree.LeafChange
// verdict: accepted
// because: the leaf is marked dirty before the change instead of after it: it is pinned, so nobody writes it in between

public final class LeafChange {
    private record Attempt(SharedTree tree, Frame frame, boolean isRoot) {
        private boolean change(Runnable steps) {
            tree.latch().lock();
            try {
                if (frame.born() <= tree.frozenVersion()) {
                    return false;
                }
                tree.pool().markDirty(frame);
                underTheStamp(steps);
                return true;
            } finally {
                tree.latch().unlock();
            }
        }
    }
}
