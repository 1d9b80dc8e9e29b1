// exercise: 4.7
// type: storagelab.btree.BranchNode
// verdict: caught
// because: the place where a key would be inserted is taken for the separator before it
public final class BranchNode {
    public int childIndex(Slice key) {
        int found = cells.find(key);
        return found >= 0 ? found + 1 : Math.max(0, -found - 2);
    }
}
