// exercise: 5.13
// type: storagelab.compaction.EntryFilter
// verdict: caught
// because: what is older is compared with the newer entry that stayed: when a deletion goes, nothing hides the value behind it any more
public final class EntryFilter {
    public boolean drops(Slice internalKey) {
        Slice user = InternalKey.userKey(internalKey);
        if (!user.equals(key)) {
            key = user;
            newerSequence = NONE;
        }
        long sequence = InternalKey.sequence(internalKey);
        boolean goes = newerSequence <= oldestSnapshot
                || (InternalKey.kind(internalKey) == ValueKind.DELETION
                        && sequence <= oldestSnapshot
                        && !mayBeOlder(user));
        if (!goes) {
            newerSequence = sequence;
        }
        return goes;
    }
}
