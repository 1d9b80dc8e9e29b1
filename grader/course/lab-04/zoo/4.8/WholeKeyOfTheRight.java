// exercise: 4.8
// type: storagelab.btree.Separator
// verdict: caught
// because: the whole first key on the right is the separator, and branches are full of what tells nobody anything
public final class Separator {
    public static Slice between(Slice left, Slice right) {
        return right;
    }
}
