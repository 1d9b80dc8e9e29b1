// exercise: 2.8
// type: storagelab.cursor.OrderedLogStore
// verdict: caught
// because: a cursor over three posts keeps every file of the store, and reads tables that cannot have them
public final class OrderedLogStore extends PinningLogStore {
    private View lookAt(Sources sources, KeyRange range) {
        List<Entry> active = copy(sources.active(), range);
        pins.pin(sources.tables());
        return new View(active, sources.frozen(), sources.tables());
    }
}
