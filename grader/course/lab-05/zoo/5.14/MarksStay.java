// exercise: 5.14
// type: storagelab.sstable.BlockCache
// verdict: caught
// because: a block that was wanted again keeps its mark for good, and yesterday's favourites fill the cache
public final class BlockCache {
    private static final class Shard {
        private void makeRoom(long bytes) {
            int mayBeSpared = fresh.count + kept.count;
            while (usedBytes() + bytes > budgetBytes) {
                boolean ofFresh = fresh.bytes > budgetBytes / FRESH_PART || kept.count == 0;
                Entry entry = Objects.requireNonNull(ofFresh ? fresh.first : kept.first);
                queueOf(entry).remove(entry);
                if (entry.marked && mayBeSpared > 0) {
                    mayBeSpared--;
                    entry.kept = true;
                    kept.add(entry);
                } else {
                    wentBytes += entry.bytes();
                    entry.slots.wentAt[entry.index] = ofFresh ? wentBytes : 0;
                    entry.slots.entries.setRelease(entry.index, null);
                }
            }
        }
    }
}
