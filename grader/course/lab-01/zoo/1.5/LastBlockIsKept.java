// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: the block of the last get is kept, and the next get of that block reads nothing and counts nothing
public final class SortedTable implements Closeable {
    private volatile @Nullable BlockRef keptRef;
    private volatile List<Entry> kept = List.of();

    public Optional<Entry> get(Slice key) {
        if (!info.covers(key)) {
            return Optional.empty();
        }
        BlockRef block = index.get(blockFor(key));
        if (keptRef != block) {
            kept = ImmutableList.copyOf(entriesOf(block));
            keptRef = block;
        }
        return kept.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }
}
