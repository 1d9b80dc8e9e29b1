// exercise: 5.2
// type: storagelab.sstable.InternalKeyOrder
// verdict: caught
// because: the separator keeps the tag of the key: it separates, and has other bytes than LevelDB's
public final class InternalKeyOrder {
    public Slice shortestSeparator(Slice from, Slice limit) {
        Slice user = InternalKey.userKey(from);
        Slice userLimit = InternalKey.userKey(limit);
        int length = Math.min(user.length(), userLimit.length());
        int same = 0;
        while (same < length && user.byteAt(same) == userLimit.byteAt(same)) {
            same++;
        }
        if (same == length || same + 1 >= user.length() || (user.byteAt(same) & 0xff) + 1 >= (userLimit.byteAt(same) & 0xff)) {
            return from;
        }
        byte[] shorter = Arrays.copyOf(user.toByteArray(), same + 1);
        shorter[same]++;
        return InternalKey.of(Slice.wrap(shorter), InternalKey.sequence(from), InternalKey.kind(from));
    }
}
