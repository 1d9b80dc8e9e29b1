package storagelab.sortedlog.toy;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import storagelab.course.Toy;

/**
 * Merges tables the obvious way: the newest entry of a key wins, and deletions are dropped, because the merged table
 * need not say that a key is not in it.
 *
 * <p>Except that it need. An older table that was not part of the merge may still hold the key; with the deletion
 * gone, nothing hides it, and what was deleted is back.
 */
@Toy("drops every tombstone, whatever older tables hold")
public final class ToyCompactor {
    private ToyCompactor() {}

    /**
     * One table with the newest value of each key.
     *
     * @param newestFirst tables, the newest first; an empty value is a tombstone
     */
    public static SortedMap<String, Optional<String>> compact(
            List<? extends SortedMap<String, Optional<String>>> newestFirst) {
        NavigableMap<String, Optional<String>> merged = new TreeMap<>();
        for (SortedMap<String, Optional<String>> table : newestFirst) {
            table.forEach(merged::putIfAbsent);
        }
        merged.values().removeIf(Optional::isEmpty);
        return merged;
    }
}
