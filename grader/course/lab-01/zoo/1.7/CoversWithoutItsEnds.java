// exercise: 1.7
// type: storagelab.sortedlog.Compactor
// verdict: caught
// because: the smallest and the largest key of an older table count as not covered
public final class Compactor {
    private static boolean anyCovers(List<SortedTable> tables, Slice key) {
        return tables.stream()
                .anyMatch(table -> table.info().smallest().compareTo(key) < 0
                        && table.info().largest().compareTo(key) > 0);
    }
}
