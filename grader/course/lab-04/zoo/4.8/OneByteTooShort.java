// exercise: 4.8
// type: storagelab.btree.Separator
// verdict: caught
// because: the separator ends where both keys still agree, and is not greater than the left one
public final class Separator {
    public static Slice between(Slice left, Slice right) {
        int same = 0;
        while (same < left.length() && left.byteAt(same) == right.byteAt(same)) {
            same++;
        }
        return right.subSlice(0, Math.max(1, same));
    }
}
