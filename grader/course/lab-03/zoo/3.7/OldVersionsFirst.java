// exercise: 3.7
// type: storagelab.memtable.NodeArena
// verdict: caught
// because: the versions of a key are in ascending order, and the search for a sequence ends at the next newer version
final class NodeArena {
    static int compare(long[] chunk, int at, SearchKey key) {
        long first = chunk[at + KEY];
        if (first != key.first) {
            return Long.compareUnsigned(first, key.first);
        }
        int order = compareRest(chunk, at, key);
        return order != 0 ? order : Long.compare(tag(chunk, at) >>> 1, key.sequence);
    }
}
