// exercise: 5.13
// type: storagelab.compaction.EntryFilter
// verdict: caught
// because: of each key the newest stays, and a snapshot that is older sees nothing
public final class EntryFilter {
    public boolean drops(Slice internalKey) {
        Slice user = InternalKey.userKey(internalKey);
        boolean isHidden = user.equals(key);
        key = user;
        return isHidden || (InternalKey.kind(internalKey) == ValueKind.DELETION && !mayBeOlder(user));
    }
}
