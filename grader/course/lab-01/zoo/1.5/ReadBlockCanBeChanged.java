// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: the list that readBlock returns can be changed
public final class SortedTable implements Closeable {
    public List<Entry> readBlock(int block) {
        List<Entry> entries = new ArrayList<>();
        entriesOf(index.get(block)).forEachRemaining(entries::add);
        return entries;
    }
}
