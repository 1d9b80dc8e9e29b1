// exercise: 4.8
// type: storagelab.btree.TreeInsert
// verdict: caught
// because: half of the cells go to each side, whatever their size, and one side has next to nothing
public final class TreeInsert {
    public static ChangedPage divide(TreePages pages, int left, int right, CellList cells) {
        return divideAt(pages, left, right, cells, cells.count() / 2);
    }
}
