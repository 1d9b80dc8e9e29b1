// exercise: 5.2
// type: storagelab.sstable.InternalKeyOrder
// verdict: caught
// because: bytes of keys are compared as signed numbers: 0x80 comes before 0x7f
public final class InternalKeyOrder {
    public int compare(Slice one, Slice other) {
        byte[] key = InternalKey.userKey(one).toByteArray();
        byte[] otherKey = InternalKey.userKey(other).toByteArray();
        int order = Arrays.compare(key, otherKey);
        return order != 0 ? order : Long.compareUnsigned(InternalKey.tag(other), InternalKey.tag(one));
    }
}
