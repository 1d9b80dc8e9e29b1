// exercise: 4.8
// type: storagelab.btree.TreeInsert
// verdict: accepted
// because: of two ways to halve that are as good, the one with more on the left; and the search for it begins at the end
public final class TreeInsert {
    public static ChangedPage divide(TreePages pages, int left, int right, CellList cells) {
        int goingUp = PageLayout.kind(pages.read(left)) == PageLayout.LEAF ? 0 : 1;
        int count = cells.count();
        int closest = count - 1 - goingUp;
        for (int middle = closest; middle >= 1; middle--) {
            if (difference(cells, middle, goingUp) < difference(cells, closest, goingUp)) {
                closest = middle;
            }
        }
        return divideAt(pages, left, right, cells, closest);
    }

    private static int difference(CellList cells, int middle, int goingUp) {
        return Math.abs(cells.bytes(0, middle) - cells.bytes(middle + goingUp, cells.count()));
    }
}
