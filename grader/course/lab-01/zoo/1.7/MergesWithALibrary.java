// exercise: 1.7
// type: storagelab.sortedlog.Compactor
// verdict: accepted
// because: the sorted merge of a library, with the entries of one key taken together, gives the same table
import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import java.util.ArrayList;

public final class Compactor {
    private record Aged(Entry entry, int age) {}

    public static Optional<TableInfo> compact(
            List<SortedTable> newestFirst, List<SortedTable> older, SortedTableBuilder out) {
        List<Iterator<Aged>> tables = new ArrayList<>();
        for (int i = 0; i < newestFirst.size(); i++) {
            int age = i;
            tables.add(Iterators.transform(newestFirst.get(i).entries(), entry -> new Aged(entry, age)));
        }
        Comparator<Aged> order = Comparator.<Aged, Slice>comparing(aged -> aged.entry().key())
                .thenComparingInt(Aged::age);
        PeekingIterator<Aged> merged = Iterators.peekingIterator(Iterators.mergeSorted(tables, order));
        int kept = 0;
        while (merged.hasNext()) {
            Entry newest = merged.next().entry();
            while (merged.hasNext() && merged.peek().entry().key().equals(newest.key())) {
                merged.next();
            }
            if (!newest.tombstone() || anyCovers(older, newest.key())) {
                out.add(newest);
                kept++;
            }
        }
        if (kept > 0) {
            return Optional.of(out.finish());
        }
        out.close();
        return Optional.empty();
    }
}
