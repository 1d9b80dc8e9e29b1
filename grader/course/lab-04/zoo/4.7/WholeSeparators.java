// exercise: 4.7
// type: storagelab.btree.BranchNode
// verdict: accepted
// because: a binary search of its own, over whole separators
public final class BranchNode {
    public int childIndex(Slice key) {
        int low = 0;
        int high = cells.count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cells.key(middle).compareTo(key) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
