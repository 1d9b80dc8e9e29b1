// exercise: 2.8
// type: storagelab.cursor.OrderedLogStore
// verdict: caught
// because: what waits to be written out is neither in the active memtable nor in a table, and not in the cursor
public final class OrderedLogStore extends PinningLogStore {
    private View lookAt(Sources sources, KeyRange range) {
        List<SortedTable> tables = sources.tables().stream()
                .filter(table -> table.info().meets(range))
                .toList();
        List<Entry> active = copy(sources.active(), range);
        pins.pin(tables);
        return new View(active, List.of(), tables);
    }
}
