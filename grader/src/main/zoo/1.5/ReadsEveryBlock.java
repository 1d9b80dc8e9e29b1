// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: it looks through all blocks from the front: right, and many reads instead of one

import java.util.Iterator;
import java.util.Optional;

public final class SortedTable {
    public Optional<Entry> get(Slice key) {
        if (!info.covers(key)) {
            return Optional.empty();
        }
        for (Iterator<Entry> all = entries(); all.hasNext(); ) {
            Entry entry = all.next();
            if (entry.key().equals(key)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }
}
