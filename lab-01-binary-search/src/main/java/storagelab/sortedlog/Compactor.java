package storagelab.sortedlog;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Solution;

/** Merges several sorted tables into one. */
public final class Compactor {
    private Compactor() {}

    /**
     * Merges {@code newestFirst} into the table that {@code out} builds. Of the entries with one key, that of the newest
     * table stays and the others go. If that entry is a tombstone, it goes too when it has nothing left to hide, that is,
     * when none of the {@code older} tables can hold its key, and only then.
     *
     * <p>Whether a table can hold a key is answered by {@link TableInfo#covers}, in memory: no block of {@code older} is
     * read. A tombstone whose key is covered by an older table that does not have it is kept; it goes in a later merge.
     *
     * <p>Example, with {@code x†} for the tombstone of x, the newest table first:
     *
     * <pre>{@code
     * newestFirst   {a†, c=3}  {a=1, b=2, d†}
     * older         {a=0, b=0}                    covers [a, b]
     * out           {a†, b=2, c=3}
     * }</pre>
     *
     * <p>{@code a†} hides {@code a=1}, which goes, and {@code a=0}, which would come back without it. {@code d†} hides
     * nothing: no older table covers d. With {@code older} empty, out would be {@code {b=2, c=3}}.
     *
     * <p>If nothing stays, there is no table to build: closes {@code out}, which deletes its file, and returns nothing.
     *
     * <p>Cost: O(N log k) comparisons for N entries in k tables; each block of the merged tables is read once; one block
     * of each in memory.
     *
     * @param newestFirst the tables to merge, at least one; neighbours in age, the newest first
     * @param older all tables of the store that are older than those
     * @param out a builder without entries; it is finished here
     * @return what is in the new table, nothing if it would be empty
     * @throws storagelab.api.CorruptionException if a table to merge is damaged; then {@code out} is not finished, and
     *     the caller closes it
     */
    @Exercise(
            id = "1.7",
            title = "Merge tables and let nothing come back",
            points = 10,
            difficulty = Difficulty.MEDIUM,
            hours = 3,
            needs = {"1.4", "1.5", "1.6"})
    public static Optional<TableInfo> compact(
            List<SortedTable> newestFirst, List<SortedTable> older, SortedTableBuilder out) {
        PriorityQueue<Source> sources = new PriorityQueue<>(Source.BY_KEY_THEN_NEWEST);
        for (int age = 0; age < newestFirst.size(); age++) {
            addIfMore(sources, newestFirst.get(age).entries(), age);
        }
        boolean empty = true;
        Slice decided = null; // the last key whose newest entry was seen
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

    @Solution
    private static void addIfMore(PriorityQueue<Source> sources, Iterator<Entry> rest, int age) {
        if (rest.hasNext()) {
            sources.add(new Source(rest.next(), rest, age));
        }
    }

    @Solution
    private static boolean anyCovers(List<SortedTable> tables, Slice key) {
        return tables.stream().anyMatch(table -> table.info().covers(key));
    }

    /** A table that is being merged: its next entry, those after it, and its place from the newest. */
    @Solution
    private record Source(Entry next, Iterator<Entry> rest, int age) {
        static final Comparator<Source> BY_KEY_THEN_NEWEST =
                Comparator.<Source, Slice>comparing(source -> source.next.key()).thenComparingInt(Source::age);
    }
}
