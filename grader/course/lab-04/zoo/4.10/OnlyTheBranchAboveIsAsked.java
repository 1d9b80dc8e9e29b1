// exercise: 4.10
// type: storagelab.btree.BTreeCursor
// verdict: caught
// because: at the last leaf of a branch the walk ends, though the tree goes on to the right
public final class BTreeCursor {
    private boolean toNeighbour(int step) {
        int level = leafLevel - 1;
        SlottedPage cells = level < 0 ? null : way[level];
        if (cells == null) {
            return false;
        }
        int child = index[level] + step;
        if (child < 0 || child > cells.count()) {
            return false;
        }
        index[level] = child;
        descend(level + 1, new BranchNode(cells.bytes()).child(child), null, step < 0);
        return true;
    }
}
