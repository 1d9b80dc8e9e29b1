// exercise: 5.17
// type: storagelab.compaction.FilteredCursor
// verdict: caught
// because: also values that are hidden anyway are asked about, and become deletions in the middle of their key
public final class FilteredCursor {
    private void look() {
        deletion = null;
        if (!entries.isValid()) {
            return;
        }
        Slice key = entries.key();
        Slice itsUser = InternalKey.userKey(key);
        if (InternalKey.kind(key) == ValueKind.VALUE
                && InternalKey.sequence(key) > newestSnapshot
                && filter.drops(itsUser, entries.value())) {
            deletion = InternalKey.of(itsUser, InternalKey.sequence(key), ValueKind.DELETION);
            dropped++;
        }
    }
}
