// exercise: 5.17
// type: storagelab.compaction.FilteredCursor
// verdict: caught
// because: a value that has had its time is skipped, and the one before it comes back from the dead
public final class FilteredCursor {
    private void look() {
        deletion = null;
        while (entries.isValid()) {
            Slice key = entries.key();
            Slice itsUser = InternalKey.userKey(key);
            boolean isNewest = !itsUser.equals(user);
            user = itsUser;
            if (!(isNewest
                    && InternalKey.kind(key) == ValueKind.VALUE
                    && InternalKey.sequence(key) > newestSnapshot
                    && filter.drops(itsUser, entries.value()))) {
                return;
            }
            dropped++;
            entries.next();
        }
    }
}
