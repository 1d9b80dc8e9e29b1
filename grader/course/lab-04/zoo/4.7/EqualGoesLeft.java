// exercise: 4.7
// type: storagelab.btree.BranchNode
// verdict: caught
// because: a key that is equal to a separator is looked for to its left, and it is to its right
public final class BranchNode {
    public int childIndex(Slice key) {
        int found = cells.find(key);
        return found >= 0 ? found : -found - 1;
    }
}
