// exercise: 5.2
// type: storagelab.sstable.InternalKeyOrder
// verdict: caught
// because: the difference of two numbers is cut off to an int: versions that are far apart are equal or the wrong way round
public final class InternalKeyOrder {
    public int compare(Slice one, Slice other) {
        int order = InternalKey.userKey(one).compareTo(InternalKey.userKey(other));
        return order != 0 ? order : (int) (InternalKey.tag(other) - InternalKey.tag(one));
    }
}
