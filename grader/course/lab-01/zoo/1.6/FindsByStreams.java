// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: accepted
// because: asking the sources through a lazy stream is the same order of questions
import java.util.function.Function;
import java.util.stream.Stream;

public final class SortedLogStore implements KeyValueStore {
    private static Optional<Entry> find(Slice key, Sources sources) {
        Function<Slice, Optional<Entry>> active = sources.active()::get;
        Stream<Function<Slice, Optional<Entry>>> frozen =
                sources.frozen().stream().map(full -> full.memtable()::get);
        Stream<Function<Slice, Optional<Entry>>> tables = sources.tables().stream().map(table -> table::get);
        for (Iterator<Function<Slice, Optional<Entry>>> all =
                        Stream.concat(Stream.concat(Stream.of(active), frozen), tables).iterator();
                all.hasNext(); ) {
            Optional<Entry> found = all.next().apply(key);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
