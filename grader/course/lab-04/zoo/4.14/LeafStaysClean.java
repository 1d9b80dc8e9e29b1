// exercise: 4.14
// type: storagelab.btree.LeafChange
// verdict: caught
// because: the changed leaf is not marked dirty, and is lost when the pool lets it go

public final class LeafChange {
    private record Attempt(SharedTree tree, Frame frame, boolean isRoot) {
        private boolean change(Runnable steps) {
            tree.latch().lock();
            try {
                if (frame.born() <= tree.frozenVersion()) {
                    return false;
                }
                underTheStamp(steps);
                return true;
            } finally {
                tree.latch().unlock();
            }
        }
    }
}
