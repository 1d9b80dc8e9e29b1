// exercise: 2.8
// type: storagelab.cursor.OrderedLogStore
// verdict: caught
// because: all of the memtable is walked through to find the few entries in the range, while writers wait
public final class OrderedLogStore extends PinningLogStore {
    private static List<Entry> copy(Memtable memtable, KeyRange range) {
        return ImmutableList.copyOf(memtable.entries()).stream()
                .filter(entry -> range.contains(entry.key()))
                .toList();
    }
}
