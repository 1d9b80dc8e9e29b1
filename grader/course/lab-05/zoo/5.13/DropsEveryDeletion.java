// exercise: 5.13
// type: storagelab.compaction.EntryFilter
// verdict: caught
// because: a deletion says that a key is not there, so it need not be written: what older tables have of the key comes back from the dead
public final class EntryFilter {
    private boolean mayBeOlder(Slice user) {
        return false;
    }
}
