// exercise: 2.8
// type: storagelab.cursor.OrderedLogStore
// verdict: accepted
// because: the memtables put together in one map, newest last, are one source
import java.util.TreeMap;
import com.google.common.collect.Lists;
import storagelab.api.Slice;

public final class OrderedLogStore extends PinningLogStore {
    @Override
    public Cursor cursor(KeyRange range) {
        View view = store.lookBetweenWrites(sources -> lookAt(sources, range));
        try {
            TreeMap<Slice, Entry> inMemory = new TreeMap<>();
            for (FrozenMemtable frozen : Lists.reverse(view.frozen)) {
                frozen.memtable().entries(range).forEachRemaining(entry -> inMemory.put(entry.key(), entry));
            }
            view.active.forEach(entry -> inMemory.put(entry.key(), entry));
            List<EntryCursor> newestFirst = new ArrayList<>();
            newestFirst.add(new ListCursor(List.copyOf(inMemory.values())));
            view.tables.forEach(table -> newestFirst.add(new TableCursor(table)));
            Cursor entries = new RangeCursor(new MergingCursor(newestFirst), range);
            return new StoreCursor(entries, store::checkOpen, () -> pins.unpin(view.tables));
        } catch (RuntimeException | Error e) {
            pins.unpin(view.tables);
            throw e;
        }
    }
}
