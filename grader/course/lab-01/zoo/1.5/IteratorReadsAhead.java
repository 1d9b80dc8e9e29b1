// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: the iterator reads every block before it gives the first entry, and has the whole table in memory
public final class SortedTable {
    public Iterator<Entry> entries() {
        List<Entry> all = new ArrayList<>();
        for (BlockRef block : index) {
            entriesOf(block).forEachRemaining(all::add);
        }
        return all.iterator();
    }
}
