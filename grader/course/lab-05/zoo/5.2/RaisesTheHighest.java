// exercise: 5.2
// type: storagelab.sstable.InternalKeyOrder
// verdict: caught
// because: the first byte is raised, also 0xff, which becomes 0: the last index entry of a table is then less than the table
public final class InternalKeyOrder {
    public Slice shortSuccessor(Slice from) {
        Slice user = InternalKey.userKey(from);
        return user.length() < 2 ? from : raised(user, 0, (user.byteAt(0) & 0xff) + 1);
    }
}
