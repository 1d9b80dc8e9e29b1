// exercise: 2.7
// type: storagelab.cursor.MergingCursor
// verdict: caught
// because: each step makes an object for the garbage collector
import storagelab.api.Entry;

public final class MergingCursor {
    private Entry last = Entry.tombstone(Slice.EMPTY);

    @Override
    public void next() {
        checkAtEntry();
        last = Entry.value(sources[current].key(), sources[current].value());
        if (forward) {
            leaveKey();
            skipDeleted();
        } else {
            turn();
        }
    }
}
