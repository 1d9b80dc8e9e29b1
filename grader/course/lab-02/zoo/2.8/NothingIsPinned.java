// exercise: 2.8
// type: storagelab.cursor.OrderedLogStore
// verdict: caught
// because: the tables are not pinned, and a merge closes them under the cursor
public final class OrderedLogStore extends PinningLogStore {
    private View lookAt(Sources sources, KeyRange range) {
        List<Entry> active = copy(sources.active(), range);
        return new View(active, sources.frozen(), sources.tables());
    }

    @Override
    public Cursor cursor(KeyRange range) {
        View view = store.lookBetweenWrites(sources -> lookAt(sources, range));
        List<EntryCursor> newestFirst = new ArrayList<>();
        newestFirst.add(new ListCursor(view.active));
        view.frozen.forEach(frozen -> newestFirst.add(new ListCursor(copy(frozen.memtable(), range))));
        view.tables.forEach(table -> newestFirst.add(new TableCursor(table)));
        Cursor entries = new RangeCursor(new MergingCursor(newestFirst), range);
        return new StoreCursor(entries, store::checkOpen, () -> {});
    }
}
