// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: it answers a tombstone with nothing, so that an older table is asked and brings the deleted value back

import java.util.Iterator;
import java.util.Optional;

public final class SortedTable {
    public Optional<Entry> get(Slice key) {
        if (!info.covers(key)) {
            return Optional.empty();
        }
        for (Iterator<Entry> entries = readBlock(index.get(blockFor(key))); entries.hasNext(); ) {
            Entry entry = entries.next();
            if (entry.key().equals(key)) {
                return entry.tombstone() ? Optional.empty() : Optional.of(entry);
            }
        }
        return Optional.empty();
    }
}
