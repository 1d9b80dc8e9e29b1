// exercise: 4.10
// type: storagelab.btree.BTreeCursor
// verdict: caught
// because: backward over a border the cursor comes to the first entry of the leaf to the left
public final class BTreeCursor {
    private boolean toNeighbour(int step) {
        for (int level = leafLevel - 1; level >= 0; level--) {
            SlottedPage cells = way[level];
            int child = index[level] + step;
            if (cells != null && child >= 0 && child <= cells.count()) {
                index[level] = child;
                descend(level + 1, new BranchNode(cells.bytes()).child(child), null, false);
                return true;
            }
        }
        return false;
    }
}
