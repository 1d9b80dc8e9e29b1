// exercise: 1.7
// type: storagelab.sortedlog.Compactor
// verdict: caught
// because: older tables are read to find out whether they have the key, one block for every tombstone
public final class Compactor {
    private static boolean anyCovers(List<SortedTable> tables, Slice key) {
        return tables.stream().anyMatch(table -> table.get(key).isPresent());
    }
}
