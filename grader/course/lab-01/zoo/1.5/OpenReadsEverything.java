// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: opening reads and checks every block, so that it takes time in the size of the table
public final class SortedTable {
    public static SortedTable open(Path file, long number, StatsRecorder stats) {
        StoreFile opened = StoreFile.openForReading(file, stats);
        try {
            Footer footer = Footer.read(opened, number);
            List<BlockRef> index = new ArrayList<>();
            Slice largest = readIndex(opened, footer, index);
            TableInfo info = new TableInfo(number, footer.entries, opened.sizeBytes(), index.get(0).firstKey, largest);
            SortedTable table = new SortedTable(opened, stats, info, List.copyOf(index));
            table.verify();
            return table;
        } catch (RuntimeException | Error e) {
            try (opened) {
                throw e;
            }
        }
    }
}
