// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: readBlock leaves out the entry that the index has the key of
public final class SortedTable implements Closeable {
    public List<Entry> readBlock(int block) {
        List<Entry> entries = ImmutableList.copyOf(entriesOf(index.get(block)));
        return entries.subList(1, entries.size());
    }
}
