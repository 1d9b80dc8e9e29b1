// exercise: 4.8
// type: storagelab.btree.TreeInsert
// verdict: caught
// because: pages are halved at the right edge, too, and keys that come in order leave them half empty
public final class TreeInsert {
    private static int nearlyAll(TreePages pages, CellList cells, int goingUp) {
        int middle = 1;
        while (middle < cells.count() - 1 - goingUp
                && 2 * cells.bytes(0, middle + 1) <= cells.bytes(0, cells.count())) {
            middle++;
        }
        return middle;
    }
}
