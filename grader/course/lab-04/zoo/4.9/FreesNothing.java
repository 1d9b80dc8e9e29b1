// exercise: 4.9
// type: storagelab.btree.TreeDelete
// verdict: caught
// because: of two pages that are merged, the one that is empty then is not freed
public final class TreeDelete {
    private static final class Deletion {
        private ChangedPage evenOut(int number, BranchNode branch, int separator, TreeInsert.Edge edge) {
            int left = pages.edit(branch.child(separator));
            branch.setChild(separator, left);
            int right = branch.child(separator + 1);
            boolean leaves = PageLayout.kind(pages.read(left)) == PageLayout.LEAF;
            CellList cells = leaves ? leafCells(left, right) : branchCells(branch, separator, left, right);
            branch.cells().remove(separator);
            if (cells.bytes(0, cells.count()) <= SlottedPage.capacityBytes(pages.pageSizeBytes())) {
                cells.write(0, cells.count(), new SlottedPage(pages.read(left)));
                return ChangedPage.whole(number);
            }
            ChangedPage divided = TreeInsert.divide(pages, left, pages.edit(right), cells);
            return TreeInsert.addChild(pages, number, separator, divided, edge);
        }
    }
}
