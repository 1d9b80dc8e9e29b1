// exercise: 4.9
// type: storagelab.btree.TreeDelete
// verdict: caught
// because: when branches merge, the separator between them is dropped, and with it the leftmost child of the right one
public final class TreeDelete {
    private static final class Deletion {
        private CellList branchCells(BranchNode parent, int separator, int left, int right) {
            return leafCells(left, right);
        }
    }
}
