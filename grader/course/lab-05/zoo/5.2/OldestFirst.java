// exercise: 5.2
// type: storagelab.sstable.InternalKeyOrder
// verdict: caught
// because: of a key the oldest write comes first, and a reader finds what was there in the beginning
public final class InternalKeyOrder {
    public int compare(Slice one, Slice other) {
        int order = InternalKey.userKey(one).compareTo(InternalKey.userKey(other));
        return order != 0 ? order : Long.compareUnsigned(InternalKey.tag(one), InternalKey.tag(other));
    }
}
