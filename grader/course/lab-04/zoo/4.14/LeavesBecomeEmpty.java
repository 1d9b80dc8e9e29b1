// exercise: 4.14
// type: storagelab.btree.LeafChange
// verdict: caught
// because: leaves are emptied in place and never merged
public final class LeafChange {
    private record Attempt(SharedTree tree, Frame frame, boolean isRoot) {
        private boolean isTooEmptyWith(SlottedPage leaf, int growth) {
            int used = leaf.usedBytes() + growth;
            return isRoot && used == 0;
        }
    }
}
