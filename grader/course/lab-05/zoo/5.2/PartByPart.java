// exercise: 5.2
// type: storagelab.sstable.InternalKeyOrder
// verdict: accepted
// because: both parts are taken out of the keys and compared by the methods that there are; separators by way of arrays
public final class InternalKeyOrder {
    public int compare(Slice one, Slice other) {
        int order = InternalKey.userKey(one).compareTo(InternalKey.userKey(other));
        return order != 0 ? order : Long.compareUnsigned(InternalKey.tag(other), InternalKey.tag(one));
    }

    public Slice shortestSeparator(Slice from, Slice limit) {
        byte[] user = InternalKey.userKey(from).toByteArray();
        byte[] userLimit = InternalKey.userKey(limit).toByteArray();
        int at = Arrays.mismatch(user, userLimit);
        if (at < 0 || at >= userLimit.length || at >= user.length - 1) {
            return from;
        }
        byte[] shorter = Arrays.copyOf(user, at + 1);
        shorter[at]++;
        boolean separates = shorter[at] != 0 && Arrays.compareUnsigned(shorter, Arrays.copyOf(userLimit, at + 1)) < 0;
        return separates ? InternalKey.seekKey(Slice.wrap(shorter), InternalKey.MAX_SEQUENCE) : from;
    }

    public Slice shortSuccessor(Slice from) {
        byte[] user = InternalKey.userKey(from).toByteArray();
        for (int length = 1; length < user.length; length++) {
            if (++user[length - 1] != 0) {
                return InternalKey.seekKey(Slice.wrap(user, 0, length), InternalKey.MAX_SEQUENCE);
            }
            user[length - 1] = -1;
        }
        return from;
    }
}
