// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: caught
// because: every block is read for the first seek, so that a range of ten entries costs the whole table
public final class TableCursor {
    private void load(int target) {
        java.util.List<Entry> wanted = java.util.List.of();
        for (int i = 0; i < table.blockCount(); i++) {
            java.util.List<Entry> read = table.readBlock(i);
            wanted = i == target ? read : wanted;
        }
        entries = wanted;
        block = target;
    }
}
