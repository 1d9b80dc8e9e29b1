// exercise: 4.8
// type: storagelab.btree.TreeInsert
// verdict: caught
// because: a branch is halved as a leaf is, and its right half then gives one separator away
public final class TreeInsert {
    public static ChangedPage divide(TreePages pages, int left, int right, CellList cells) {
        int total = cells.bytes(0, cells.count());
        int middle = 1;
        while (middle < cells.count() - 2 && 2 * cells.bytes(0, middle) + cells.bytes(middle, middle + 1) <= total) {
            middle++;
        }
        return divideAt(pages, left, right, cells, middle);
    }
}
