// exercise: 1.7
// type: storagelab.sortedlog.Compactor
// verdict: caught
// because: of equal keys the entry of the oldest table stays
public final class Compactor {
    private record Source(Entry next, Iterator<Entry> rest, int age) {
        static final Comparator<Source> BY_KEY_THEN_NEWEST = Comparator.<Source, Slice>comparing(
                        source -> source.next.key())
                .thenComparing(Comparator.comparingInt(Source::age).reversed());
    }
}
