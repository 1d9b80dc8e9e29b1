// exercise: 2.8
// type: storagelab.cursor.OrderedLogStore
// verdict: caught
// because: tables are pinned before the memtable is copied, and stay pinned for ever when the copy fails
public final class OrderedLogStore extends PinningLogStore {
    private View lookAt(Sources sources, KeyRange range) {
        List<SortedTable> tables = sources.tables().stream()
                .filter(table -> table.info().meets(range))
                .toList();
        pins.pin(tables);
        return new View(copy(sources.active(), range), sources.frozen(), tables);
    }
}
