// exercise: 3.8
// type: storagelab.memtable.LogSnapshot
// verdict: caught
// because: a cursor relies on the pins of its snapshot, and its tables go when the snapshot is closed
public final class LogSnapshot implements Snapshot {
    @Override
    public synchronized Cursor cursor(KeyRange range) {
        Moment then = moment();
        List<SortedTable> tables =
                then.tables.stream().filter(table -> table.info().meets(range)).toList();
        List<EntryCursor> newestFirst = new ArrayList<>();
        then.memtables.forEach(memtable -> newestFirst.add(memtable.cursor(then.sequence)));
        tables.forEach(table -> newestFirst.add(new TableCursor(table)));
        Cursor entries = new RangeCursor(new MergingCursor(newestFirst), range);
        return new StoreCursor(entries, store::checkOpen, () -> {});
    }
}
