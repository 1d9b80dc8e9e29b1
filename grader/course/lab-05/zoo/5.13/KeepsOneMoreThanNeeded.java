// exercise: 5.13
// type: storagelab.compaction.EntryFilter
// verdict: caught
// because: an entry hides what is older only if it is less than the oldest snapshot, though a snapshot sees what has its own sequence
public final class EntryFilter {
    public boolean drops(Slice internalKey) {
        Slice user = InternalKey.userKey(internalKey);
        if (!user.equals(key)) {
            key = user;
            newerSequence = NONE;
        }
        boolean isHidden = newerSequence < oldestSnapshot;
        newerSequence = InternalKey.sequence(internalKey);
        return isHidden
                || (InternalKey.kind(internalKey) == ValueKind.DELETION
                        && newerSequence < oldestSnapshot
                        && !mayBeOlder(user));
    }
}
