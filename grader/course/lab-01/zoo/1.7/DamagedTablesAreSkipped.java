// exercise: 1.7
// type: storagelab.sortedlog.Compactor
// verdict: caught
// because: a table that is damaged is left out from there on
public final class Compactor {
    private static void addIfMore(PriorityQueue<Source> sources, Iterator<Entry> rest, int age) {
        try {
            if (rest.hasNext()) {
                sources.add(new Source(rest.next(), rest, age));
            }
        } catch (storagelab.api.CorruptionException e) {
            return;
        }
    }
}
