// exercise: 3.7
// type: storagelab.memtable.Nodes
// verdict: caught
// because: eight bytes are compared as a signed number, and keys that begin with 0x80 come before those with 0x7f
final class Nodes {
    int compare(long node, SearchKey key) {
        long[] chunk = chunk(node);
        int at = Arena.offsetOf(node);
        long first = chunk[at + KEY];
        if (first != key.words[0]) {
            return Long.compare(first, key.words[0]);
        }
        int order = compareRest(chunk, at, key);
        return order != 0 ? order : Long.compare(key.sequence, sequence(node));
    }
}
