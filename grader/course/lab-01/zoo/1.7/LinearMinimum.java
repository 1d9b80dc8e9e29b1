// exercise: 1.7
// type: storagelab.sortedlog.Compactor
// verdict: caught
// because: the smallest key is looked for among all tables for every entry: k comparisons where log k are enough
public final class Compactor {
    public static Optional<TableInfo> compact(
            List<SortedTable> newestFirst, List<SortedTable> older, SortedTableBuilder out) {
        List<Source> sources = new java.util.ArrayList<>();
        for (int age = 0; age < newestFirst.size(); age++) {
            addIfMore(sources, newestFirst.get(age).entries(), age);
        }
        boolean empty = true;
        Slice decided = null;
        while (!sources.isEmpty()) {
            Source source = java.util.Collections.min(sources, Source.BY_KEY_THEN_NEWEST);
            sources.remove(source);
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

    private static void addIfMore(List<Source> sources, Iterator<Entry> rest, int age) {
        if (rest.hasNext()) {
            sources.add(new Source(rest.next(), rest, age));
        }
    }
}
