// exercise: 4.9
// type: storagelab.btree.TreeDelete
// verdict: caught
// because: the new separator of a borrow is longer than the old one, has no room in the branch, and is lost
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
                pages.free(right, PageLayout.born(pages.read(right)));
                return ChangedPage.whole(number);
            }
            ChangedPage divided = TreeInsert.divide(pages, left, pages.edit(right), cells);
            branch.insert(separator, divided.separator(), divided.right());
            return ChangedPage.whole(number);
        }
    }
}
