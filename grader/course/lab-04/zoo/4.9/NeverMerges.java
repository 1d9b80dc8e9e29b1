// exercise: 4.9
// type: storagelab.btree.TreeDelete
// verdict: caught
// because: cells are removed, and pages stay however little is in them
public final class TreeDelete {
    private static final class Deletion {
        private ChangedPage evenOut(int number, BranchNode branch, int separator, TreeInsert.Edge edge) {
            return ChangedPage.whole(number);
        }
    }
}
