// exercise: 1.7
// type: storagelab.sortedlog.Compactor
// verdict: caught
// because: the table with the highest number counts as the newest, though a merged table has a high number and old entries
public final class Compactor {
    public static Optional<TableInfo> compact(
            List<SortedTable> newestFirst, List<SortedTable> older, SortedTableBuilder out) {
        PriorityQueue<Source> sources = new PriorityQueue<>(Source.BY_KEY_THEN_NEWEST);
        for (int age = 0; age < newestFirst.size(); age++) {
            addIfMore(sources, newestFirst.get(age).entries(), (int) -newestFirst.get(age).info().number());
        }
        boolean empty = true;
        Slice decided = null;
        while (!sources.isEmpty()) {
            Source source = sources.remove();
            Entry entry = source.next;
            if (!entry.key().equals(decided)) {
                decided = entry.key();
                if (!entry.tombstone() || anyCovers(older, entry.key())) {
                    out.add(entry);
                    empty = false;
                }
            }
            addIfMore(sources, source.rest, source.age);
        }
        if (empty) {
            out.close();
            return Optional.empty();
        }
        return Optional.of(out.finish());
    }
}
