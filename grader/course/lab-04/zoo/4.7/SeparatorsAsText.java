// exercise: 4.7
// type: storagelab.btree.BranchNode
// verdict: caught
// because: separators are compared as text, and bytes from 0x80 on are not what they were
public final class BranchNode {
    public int childIndex(Slice key) {
        int index = 0;
        while (index < cells.count() && cells.key(index).toUtf8().compareTo(key.toUtf8()) <= 0) {
            index++;
        }
        return index;
    }
}
