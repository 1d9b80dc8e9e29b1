// exercise: 4.8
// type: storagelab.btree.TreeInsert
// verdict: caught
// because: the separator that goes up stays in the right branch as well, whose leftmost child is then wrong
public final class TreeInsert {
    private static ChangedPage divideAt(TreePages pages, int left, int right, CellList cells, int middle) {
        SlottedPage rightCells = new SlottedPage(pages.read(right));
        cells.write(0, middle, new SlottedPage(pages.read(left)));
        cells.write(middle, cells.count(), rightCells);
        if (PageLayout.kind(rightCells.bytes()) == PageLayout.LEAF) {
            return new ChangedPage(left, Separator.between(cells.key(middle - 1), cells.key(middle)), right);
        }
        rightCells.setOwnersPage(BranchNode.pageOf(cells.payload(middle)));
        return new ChangedPage(left, cells.key(middle), right);
    }
}
