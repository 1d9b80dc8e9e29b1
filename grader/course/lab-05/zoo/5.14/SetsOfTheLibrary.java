// exercise: 5.14
// type: storagelab.sstable.BlockCache
// verdict: accepted
// because: the queues are sets of the library that know their order
import java.util.LinkedHashSet;

public final class BlockCache {
    private static final class Queue {
        private final LinkedHashSet<Entry> entries = new LinkedHashSet<>();

        void add(Entry entry) {
            entries.add(entry);
            bytes += entry.bytes();
            count++;
            first = entries.iterator().next();
        }

        void remove(Entry entry) {
            entries.remove(entry);
            bytes -= entry.bytes();
            count--;
            first = entries.isEmpty() ? null : entries.iterator().next();
        }
    }
}
