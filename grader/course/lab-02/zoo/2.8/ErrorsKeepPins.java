// exercise: 2.8
// type: storagelab.cursor.OrderedLogStore
// verdict: caught
// because: an Error while the cursor is made leaves tables pinned
public final class OrderedLogStore extends PinningLogStore {
    @Override
    public Cursor cursor(KeyRange range) {
        View view = store.lookBetweenWrites(sources -> lookAt(sources, range));
        try {
            List<EntryCursor> newestFirst = new ArrayList<>();
            newestFirst.add(new ListCursor(view.active));
            view.frozen.forEach(frozen -> newestFirst.add(new ListCursor(copy(frozen.memtable(), range))));
            view.tables.forEach(table -> newestFirst.add(new TableCursor(table)));
            Cursor entries = new RangeCursor(new MergingCursor(newestFirst), range);
            return new StoreCursor(entries, store::checkOpen, () -> pins.unpin(view.tables));
        } catch (RuntimeException e) {
            pins.unpin(view.tables);
            throw e;
        }
    }
}
