// exercise: 5.14
// type: storagelab.sstable.BlockCache
// verdict: caught
// because: only fresh blocks go as long as there are any: new favourites find no room beside the old ones
public final class BlockCache {
    private static final class Shard {
        private void makeRoom(long bytes) {
            int mayBeSpared = fresh.count + kept.count;
            while (usedBytes() + bytes > budgetBytes) {
                boolean ofFresh = fresh.count > 0;
                Entry entry = Objects.requireNonNull(ofFresh ? fresh.first : kept.first);
                queueOf(entry).remove(entry);
                if (entry.marked && mayBeSpared > 0) {
                    mayBeSpared--;
                    entry.marked = false;
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
