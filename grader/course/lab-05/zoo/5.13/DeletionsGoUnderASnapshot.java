// exercise: 5.13
// type: storagelab.compaction.EntryFilter
// verdict: caught
// because: a deletion that is newer than the oldest snapshot goes where nothing older stays: but the value that it hides stays, for the snapshot, and everybody sees it
public final class EntryFilter {
    public boolean drops(Slice internalKey) {
        Slice user = InternalKey.userKey(internalKey);
        if (!user.equals(key)) {
            key = user;
            newerSequence = NONE;
        }
        boolean isHidden = newerSequence <= oldestSnapshot;
        newerSequence = InternalKey.sequence(internalKey);
        return isHidden || (InternalKey.kind(internalKey) == ValueKind.DELETION && !mayBeOlder(user));
    }
}
