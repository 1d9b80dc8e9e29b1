// exercise: 2.8
// type: storagelab.cursor.OrderedLogStore
// verdict: caught
// because: writers wait while frozen memtables are copied, which nobody changes any more
public final class OrderedLogStore extends PinningLogStore {
    @Override
    public Cursor cursor(KeyRange range) {
        List<EntryCursor> newestFirst = new ArrayList<>();
        View view = store.lookBetweenWrites(sources -> {
            newestFirst.add(new ListCursor(copy(sources.active(), range)));
            sources.frozen().forEach(frozen -> newestFirst.add(new ListCursor(copy(frozen.memtable(), range))));
            return lookAt(sources, range);
        });
        view.tables.forEach(table -> newestFirst.add(new TableCursor(table)));
        Cursor entries = new RangeCursor(new MergingCursor(newestFirst), range);
        return new StoreCursor(entries, store::checkOpen, () -> pins.unpin(view.tables));
    }
}
