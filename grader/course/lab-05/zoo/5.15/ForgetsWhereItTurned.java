// exercise: 5.15
// type: storagelab.lsm.VisibleCursor
// verdict: caught
// because: after a step back the entries are before the key, and next() goes on from there: it shows the same key again
public final class VisibleCursor implements Cursor {
    @Override
    public void next() {
        Slice passed = current();
        if (behind) {
            entries.next();
        }
        forward(passed);
    }
}
