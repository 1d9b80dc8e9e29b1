// exercise: 2.8
// type: storagelab.cursor.OrderedLogStore
// verdict: caught
// because: the memtable is copied while writers go on, and a later write is in the cursor without an earlier one
public final class OrderedLogStore extends PinningLogStore {
    @Override
    public Cursor cursor(KeyRange range) {
        View view = store.look(sources -> lookAt(sources, range));
        List<EntryCursor> newestFirst = new ArrayList<>();
        newestFirst.add(new ListCursor(view.active));
        view.frozen.forEach(frozen -> newestFirst.add(new ListCursor(copy(frozen.memtable(), range))));
        view.tables.forEach(table -> newestFirst.add(new TableCursor(table)));
        Cursor entries = new RangeCursor(new MergingCursor(newestFirst), range);
        return new StoreCursor(entries, store::checkOpen, () -> pins.unpin(view.tables));
    }
}
