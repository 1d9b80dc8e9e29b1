// exercise: 3.7
// type: storagelab.memtable.NodeArena
// verdict: caught
// because: eight bytes are compared as a signed number, and keys that begin with 0x80 come before those with 0x7f
final class NodeArena {
    static int compare(long[] chunk, int at, SearchKey key) {
        long first = chunk[at + KEY];
        if (first != key.first) {
            return Long.compare(first, key.first);
        }
        int order = compareRest(chunk, at, key);
        return order != 0 ? order : Long.compare(key.sequence, tag(chunk, at) >>> 1);
    }
}
