// exercise: 1.7
// type: storagelab.sortedlog.Compactor
// verdict: caught
// because: the new table is closed and not finished
public final class Compactor {
    public static Optional<TableInfo> compact(
            List<SortedTable> newestFirst, List<SortedTable> older, SortedTableBuilder out) {
        PriorityQueue<Source> sources = new PriorityQueue<>(Source.BY_KEY_THEN_NEWEST);
        for (int age = 0; age < newestFirst.size(); age++) {
            addIfMore(sources, newestFirst.get(age).entries(), age);
        }
        long entries = 0;
        Slice smallest = Slice.EMPTY;
        Slice decided = null;
        Slice largest = Slice.EMPTY;
        while (!sources.isEmpty()) {
            Source source = sources.remove();
            Entry entry = source.next;
            if (!entry.key().equals(decided)) {
                decided = entry.key();
                if (!entry.tombstone() || anyCovers(older, entry.key())) {
                    out.add(entry);
                    smallest = entries == 0 ? entry.key() : smallest;
                    largest = entry.key();
                    entries++;
                }
            }
            addIfMore(sources, source.rest, source.age);
        }
        out.close();
        return entries == 0 ? Optional.empty() : Optional.of(new TableInfo(0, entries, 0, smallest, largest));
    }
}
