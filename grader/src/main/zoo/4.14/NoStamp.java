// exercise: 4.14
// type: storagelab.btree.LeafChange
// verdict: caught
// because: readers are not told that the leaf is being changed

public final class LeafChange {
    private record Attempt(OpenTree tree, Frame frame, boolean isRoot) {
        private boolean change(Runnable steps) {
            tree.latch().lock();
            try {
                if (frame.born() <= tree.frozenVersion()) {
                    return false;
                }
                steps.run();
                tree.pool().markDirty(frame);
                return true;
            } finally {
                tree.latch().unlock();
            }
        }
    }
}
