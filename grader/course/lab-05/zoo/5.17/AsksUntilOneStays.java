// exercise: 5.17
// type: storagelab.compaction.FilteredCursor
// verdict: caught
// because: a deletion, or what a snapshot reads, does not count as the newest, and the value behind it is asked about
public final class FilteredCursor {
    private void look() {
        deletion = null;
        if (!entries.isValid()) {
            return;
        }
        Slice key = entries.key();
        Slice itsUser = InternalKey.userKey(key);
        if (InternalKey.kind(key) == ValueKind.VALUE
                && !itsUser.equals(user)
                && InternalKey.sequence(key) > newestSnapshot) {
            user = itsUser;
            if (filter.drops(itsUser, entries.value())) {
                deletion = InternalKey.of(itsUser, InternalKey.sequence(key), ValueKind.DELETION);
                dropped++;
            }
        }
    }
}
