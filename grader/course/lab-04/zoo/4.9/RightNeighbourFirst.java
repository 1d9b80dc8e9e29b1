// exercise: 4.9
// type: storagelab.btree.TreeDelete
// verdict: accepted
// because: the neighbour to the right is looked at, and the one to the left only if there is no other
public final class TreeDelete {
    private static final class Deletion {
        ChangedPage from(int page, TreeInsert.Edge edge) {
            int number = pages.edit(page);
            byte[] bytes = pages.read(number);
            if (PageLayout.kind(bytes) == PageLayout.LEAF) {
                SlottedPage leaf = new SlottedPage(bytes);
                leaf.remove(leaf.indexOf(key));
                return ChangedPage.whole(number);
            }
            BranchNode branch = new BranchNode(bytes);
            int index = branch.childIndex(key);
            boolean last = index == branch.childCount() - 1;
            ChangedPage child = from(branch.child(index), last ? edge : TreeInsert.Edge.INNER);
            branch.setChild(index, child.page());
            if (child.isSplit()) {
                return TreeInsert.addChild(pages, number, index, child, edge);
            }
            return TreeVerifier.isTooEmpty(new SlottedPage(pages.read(child.page())))
                    ? evenOut(number, branch, last ? index - 1 : index, edge)
                    : ChangedPage.whole(number);
        }
    }
}
