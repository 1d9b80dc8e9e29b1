// exercise: 3.7
// type: storagelab.memtable.SkipListMemtable
// verdict: caught
// because: a deleted key is reported as unknown, and the store goes on to look for it in older tables, and finds it
public final class SkipListMemtable {
    public Optional<Entry> get(Slice key, long sequence) {
        SearchKey wanted = new SearchKey(key, checked(sequence));
        NodeArena nodes = versions.nodes();
        long found = versions.ceiling(wanted);
        if (found == NodeArena.NONE || !nodes.hasKey(found, wanted) || nodes.isTombstone(found)) {
            return Optional.empty();
        }
        return Optional.of(Entry.value(key, nodes.value(found)));
    }
}
