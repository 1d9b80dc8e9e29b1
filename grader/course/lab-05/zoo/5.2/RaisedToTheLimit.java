// exercise: 5.2
// type: storagelab.sstable.InternalKeyOrder
// verdict: caught
// because: the raised byte may be that of the limit: the separator of apple and b is b at the highest sequence, right before the limit, and not LevelDB's
public final class InternalKeyOrder {
    public Slice shortestSeparator(Slice from, Slice limit) {
        Slice user = InternalKey.userKey(from);
        Slice userLimit = InternalKey.userKey(limit);
        int length = Math.min(user.length(), userLimit.length());
        int same = 0;
        while (same < length && user.byteAt(same) == userLimit.byteAt(same)) {
            same++;
        }
        if (same == length || same + 1 >= user.length() || (user.byteAt(same) & 0xff) + 1 > (userLimit.byteAt(same) & 0xff)) {
            return from;
        }
        return raised(user, same, (user.byteAt(same) & 0xff) + 1);
    }
}
