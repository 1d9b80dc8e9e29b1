// exercise: 1.7
// type: storagelab.sortedlog.Compactor
// verdict: caught
// because: all tables are read into a map before anything is written, and memory grows with the store
import java.util.Map;
import java.util.TreeMap;

public final class Compactor {
    public static Optional<TableInfo> compact(
            List<SortedTable> newestFirst, List<SortedTable> older, SortedTableBuilder out) {
        Map<Slice, Entry> merged = new TreeMap<>();
        for (int age = newestFirst.size() - 1; age >= 0; age--) {
            newestFirst.get(age).entries().forEachRemaining(entry -> merged.put(entry.key(), entry));
        }
        merged.values().removeIf(entry -> entry.tombstone() && !anyCovers(older, entry.key()));
        if (merged.isEmpty()) {
            out.close();
            return Optional.empty();
        }
        merged.values().forEach(out::add);
        return Optional.of(out.finish());
    }
}
