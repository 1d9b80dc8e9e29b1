// exercise: 5.15
// type: storagelab.lsm.VisibleCursor
// verdict: caught
// because: the first entry of a key decides: if it is too new the key is not shown, though an older one is visible
public final class VisibleCursor implements Cursor {
    private void forward(@Nullable Slice passed) {
        Slice hidden = passed;
        behind = false;
        while (entries.isValid()) {
            Slice user = InternalKey.userKey(entries.key());
            if (!user.equals(hidden)) {
                if (InternalKey.sequence(entries.key()) <= sequence
                        && InternalKey.kind(entries.key()) == ValueKind.VALUE) {
                    key = user;
                    value = entries.value();
                    return;
                }
                hidden = user;
            }
            entries.next();
        }
        key = null;
    }
}
