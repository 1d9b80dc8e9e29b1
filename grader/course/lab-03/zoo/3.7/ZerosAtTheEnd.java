// exercise: 3.7
// type: storagelab.memtable.NodeArena
// verdict: caught
// because: keys are compared filled up with zeros and no further: "a" and "a" with a zero byte after it are one key
final class NodeArena {
    private static int compareRest(long[] chunk, int at, SearchKey key) {
        int length = keyLength(chunk, at);
        int common = SearchKey.wordCount(Math.min(length, key.length));
        for (int i = 1; i < common; i++) {
            long word = chunk[at + KEY + i];
            long wanted = key.word(i);
            if (word != wanted) {
                return Long.compareUnsigned(word, wanted);
            }
        }
        return Integer.compare(SearchKey.wordCount(length), key.wordCount());
    }
}
