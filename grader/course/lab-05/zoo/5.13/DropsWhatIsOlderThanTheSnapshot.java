// exercise: 5.13
// type: storagelab.compaction.EntryFilter
// verdict: caught
// because: what is older than the oldest snapshot and not the newest of its key goes: the newest entry that is not newer than a snapshot is just what it sees
public final class EntryFilter {
    public boolean drops(Slice internalKey) {
        Slice user = InternalKey.userKey(internalKey);
        boolean hasNewer = user.equals(key);
        key = user;
        long sequence = InternalKey.sequence(internalKey);
        boolean isHidden = hasNewer && sequence <= oldestSnapshot;
        return isHidden
                || (InternalKey.kind(internalKey) == ValueKind.DELETION
                        && sequence <= oldestSnapshot
                        && !mayBeOlder(user));
    }
}
