// exercise: 4.14
// type: storagelab.btree.LeafChange
// verdict: caught
// because: readers are not told that the leaf is being changed
public final class LeafChange {
    private record Attempt(SharedTree tree, Frame frame, boolean isRoot) {
        private void underTheStamp(Runnable steps) {
            steps.run();
        }
    }
}
