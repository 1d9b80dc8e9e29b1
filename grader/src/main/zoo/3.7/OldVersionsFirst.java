// exercise: 3.7
// type: storagelab.memtable.Nodes
// verdict: caught
// because: the versions of a key are in ascending order, and the search for a sequence ends at the next newer version
final class Nodes {
    int compare(long node, SearchKey key) {
        long[] chunk = chunk(node);
        int at = Arena.offsetOf(node);
        long first = chunk[at + KEY];
        if (first != key.words[0]) {
            return Long.compareUnsigned(first, key.words[0]);
        }
        int order = compareRest(chunk, at, key);
        return order != 0 ? order : Long.compare(sequence(node), key.sequence);
    }
}
