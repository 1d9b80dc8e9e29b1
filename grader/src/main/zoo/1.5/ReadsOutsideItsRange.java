// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: it reads the last block for keys beyond the largest, though the range says that they are not there

import java.util.Iterator;
import java.util.Optional;

public final class SortedTable {
    public Optional<Entry> get(Slice key) {
        int number = blockFor(key);
        if (number < 0) {
            return Optional.empty();
        }
        for (Iterator<Entry> entries = readBlock(index.get(number)); entries.hasNext(); ) {
            Entry entry = entries.next();
            if (entry.key().equals(key)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }
}
