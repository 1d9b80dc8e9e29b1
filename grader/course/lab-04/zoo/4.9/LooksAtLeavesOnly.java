// exercise: 4.9
// type: storagelab.btree.TreeDelete
// verdict: caught
// because: leaves are merged, and branches with next to nothing in them stay
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
            ChangedPage child = from(branch.child(index), index == branch.childCount() - 1 ? edge : TreeInsert.Edge.INNER);
            branch.setChild(index, child.page());
            if (child.isSplit()) {
                return TreeInsert.addChild(pages, number, index, child, edge);
            }
            SlottedPage changed = new SlottedPage(pages.read(child.page()));
            return PageLayout.kind(changed.bytes()) == PageLayout.LEAF && TreeVerifier.isTooEmpty(changed)
                    ? evenOut(number, branch, Math.max(0, index - 1), edge)
                    : ChangedPage.whole(number);
        }
    }
}
