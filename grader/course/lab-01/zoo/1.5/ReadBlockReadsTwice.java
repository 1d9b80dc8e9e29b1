// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: readBlock reads the block twice, to be sure
public final class SortedTable implements Closeable {
    public List<Entry> readBlock(int block) {
        entriesOf(index.get(block));
        return ImmutableList.copyOf(entriesOf(index.get(block)));
    }
}
