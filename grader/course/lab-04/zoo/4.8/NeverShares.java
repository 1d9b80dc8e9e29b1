// exercise: 4.8
// type: storagelab.btree.TreeInsert
// verdict: accepted
// because: a leaf that is split asks no neighbour
public final class TreeInsert {
    private static final class Put {
        private int neighbourWithRoom(BranchNode branch, int index, ChangedPage split) {
            return -1;
        }
    }
}
