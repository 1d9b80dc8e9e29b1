// exercise: 1.7
// type: storagelab.sortedlog.Compactor
// verdict: caught
// because: only the next older table is asked whether it covers the key, and an older one still has the value
public final class Compactor {
    private static boolean anyCovers(List<SortedTable> tables, Slice key) {
        return !tables.isEmpty() && tables.get(0).info().covers(key);
    }
}
