// exercise: 5.17
// type: storagelab.compaction.FilteredCursor
// verdict: caught
// because: the deletion still has the value, which is written to every table on its way
public final class FilteredCursor {
    public Slice value() {
        return entries.value();
    }
}
