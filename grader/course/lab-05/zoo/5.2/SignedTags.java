// exercise: 5.2
// type: storagelab.sstable.InternalKeyOrder
// verdict: caught
// because: tags are compared as signed numbers: sequences from 2^55 on count as older than all others, and seek keys with them
public final class InternalKeyOrder {
    public int compare(Slice one, Slice other) {
        int order = InternalKey.userKey(one).compareTo(InternalKey.userKey(other));
        return order != 0 ? order : Long.compare(InternalKey.tag(other), InternalKey.tag(one));
    }
}
