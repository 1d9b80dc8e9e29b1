// exercise: 4.8
// type: storagelab.btree.TreeInsert
// verdict: caught
// because: the branch is not told that its child has another number now
public final class TreeInsert {
    private static final class Put {
        private ChangedPage intoBranch(int number, BranchNode branch, Edge edge) {
            int index = branch.childIndex(key);
            ChangedPage child = into(branch.child(index), index == branch.childCount() - 1 ? edge : Edge.INNER);
            return child.isSplit() ? addChild(pages, number, index, child, edge) : ChangedPage.whole(number);
        }
    }
}
