// exercise: 3.7
// type: storagelab.memtable.MemtableCursor
// verdict: caught
// because: going back ends at the last version of the key before, which is its oldest
final class MemtableCursor {
    private long lastVisible(long from) {
        long last = from;
        while (last != NodeArena.NONE && nodes.sequence(last) > sequence) {
            last = versions.lower(new SearchKey(nodes.key(last), nodes.sequence(last)));
        }
        return last;
    }
}
