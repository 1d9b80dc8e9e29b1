// exercise: 3.7
// type: storagelab.memtable.SkipListMemtable
// verdict: caught
// because: get finds the newest version and walks from there to the one that is old enough: a hot key makes it slow
public final class SkipListMemtable {
    public Optional<Entry> get(Slice key, long sequence) {
        checked(sequence);
        SearchKey newest = new SearchKey(key, MAX_SEQUENCE);
        NodeArena nodes = versions.nodes();
        long node = versions.ceiling(newest);
        while (node != NodeArena.NONE && nodes.hasKey(node, newest) && nodes.sequence(node) > sequence) {
            node = nodes.next(node, 0);
        }
        if (node == NodeArena.NONE || !nodes.hasKey(node, newest)) {
            return Optional.empty();
        }
        return Optional.of(nodes.isTombstone(node) ? Entry.tombstone(key) : Entry.value(key, nodes.value(node)));
    }
}
