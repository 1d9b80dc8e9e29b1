// exercise: 2.8
// type: storagelab.cursor.OrderedLogStore
// verdict: caught
// because: tables are merged as if the oldest were the newest, and old values hide new ones
import com.google.common.collect.Lists;

public final class OrderedLogStore extends PinningLogStore {
    private View lookAt(Sources sources, KeyRange range) {
        List<SortedTable> tables = Lists.reverse(sources.tables()).stream()
                .filter(table -> table.info().meets(range))
                .toList();
        List<Entry> active = copy(sources.active(), range);
        pins.pin(tables);
        return new View(active, sources.frozen(), tables);
    }
}
