// exercise: 4.9
// type: storagelab.btree.TreeDelete
// verdict: caught
// because: after a borrow the old separator is still between the two pages, and cells are on its wrong side
public final class TreeDelete {
    private static final class Deletion {
        private ChangedPage evenOut(int number, BranchNode branch, int separator, TreeInsert.Edge edge) {
            int left = pages.edit(branch.child(separator));
            branch.setChild(separator, left);
            int right = branch.child(separator + 1);
            boolean leaves = PageLayout.kind(pages.read(left)) == PageLayout.LEAF;
            CellList cells = leaves ? leafCells(left, right) : branchCells(branch, separator, left, right);
            if (cells.bytes(0, cells.count()) <= SlottedPage.capacityBytes(pages.pageSizeBytes())) {
                branch.cells().remove(separator);
                cells.write(0, cells.count(), new SlottedPage(pages.read(left)));
                pages.free(right, PageLayout.born(pages.read(right)));
                return ChangedPage.whole(number);
            }
            ChangedPage divided = TreeInsert.divide(pages, left, pages.edit(right), cells);
            branch.setChild(separator + 1, divided.right());
            return ChangedPage.whole(number);
        }
    }
}
