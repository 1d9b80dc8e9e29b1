// exercise: 4.8
// type: storagelab.btree.Separator
// verdict: caught
// because: the last key on the left is the separator, and is to the left of it
public final class Separator {
    public static Slice between(Slice left, Slice right) {
        return left;
    }
}
