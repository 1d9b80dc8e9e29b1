// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: the block that was read last is kept in a field that all threads share
public final class SortedTable implements Closeable {
    private List<Entry> lastBlock = new ArrayList<>();

    public Optional<Entry> get(Slice key) {
        if (!info.covers(key)) {
            return Optional.empty();
        }
        lastBlock.clear();
        entriesOf(index.get(blockFor(key))).forEachRemaining(lastBlock::add);
        for (int i = 0; i < lastBlock.size(); i++) {
            if (lastBlock.get(i).key().equals(key)) {
                return Optional.of(lastBlock.get(i));
            }
        }
        return Optional.empty();
    }
}
