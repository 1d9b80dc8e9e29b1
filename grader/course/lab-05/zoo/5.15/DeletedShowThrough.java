// exercise: 5.15
// type: storagelab.lsm.VisibleCursor
// verdict: caught
// because: a deletion is passed over like any entry that does not show, and what it hides comes next
public final class VisibleCursor implements Cursor {
    private void forward(@Nullable Slice passed) {
        behind = false;
        while (entries.isValid()) {
            Slice user = InternalKey.userKey(entries.key());
            if (!user.equals(passed)
                    && InternalKey.sequence(entries.key()) <= sequence
                    && InternalKey.kind(entries.key()) == ValueKind.VALUE) {
                key = user;
                value = entries.value();
                return;
            }
            entries.next();
        }
        key = null;
    }
}
