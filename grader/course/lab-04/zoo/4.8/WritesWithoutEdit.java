// exercise: 4.8
// type: storagelab.btree.TreeInsert
// verdict: caught
// because: the leaf is changed where it is, and whoever holds the old root sees the new entry
public final class TreeInsert {
    private static final class Put {
        ChangedPage into(int page, Edge edge) {
            byte[] bytes = pages.read(page);
            if (PageLayout.kind(bytes) == PageLayout.LEAF) {
                return intoLeaf(page, new SlottedPage(bytes), edge);
            }
            int number = pages.edit(page);
            return intoBranch(number, new BranchNode(pages.read(number)), edge);
        }
    }
}
