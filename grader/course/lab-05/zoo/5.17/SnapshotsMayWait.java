// exercise: 5.17
// type: storagelab.compaction.FilteredCursor
// verdict: caught
// because: values that a snapshot reads are thrown away under its hands
public final class FilteredCursor {
    private void look() {
        deletion = null;
        if (!entries.isValid()) {
            return;
        }
        Slice key = entries.key();
        Slice itsUser = InternalKey.userKey(key);
        boolean isNewest = !itsUser.equals(user);
        user = itsUser;
        if (isNewest && InternalKey.kind(key) == ValueKind.VALUE && filter.drops(itsUser, entries.value())) {
            deletion = InternalKey.of(itsUser, InternalKey.sequence(key), ValueKind.DELETION);
            dropped++;
        }
    }
}
