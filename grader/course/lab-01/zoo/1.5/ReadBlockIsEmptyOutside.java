// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: readBlock of a block that does not exist is an empty list
public final class SortedTable implements Closeable {
    public List<Entry> readBlock(int block) {
        return block < 0 || block >= index.size() ? List.of() : ImmutableList.copyOf(entriesOf(index.get(block)));
    }
}
