// exercise: 5.14
// type: storagelab.sstable.BlockCache
// verdict: caught
// because: what went is as new when it comes back: whatever is wanted less often than a tenth of the cache turns over is never kept
public final class BlockCache {
    private static final class Shard {
        synchronized void put(Entry entry) {
            Slots slots = entry.slots;
            if (entry.bytes() > budgetBytes || slots.closed || slots.entries.get(entry.index) != null) {
                return;
            }
            long wentAt = slots.wentAt[entry.index];
            entry.kept = false;
            makeRoom(entry.bytes());
            queueOf(entry).add(entry);
            slots.entries.setRelease(entry.index, entry);
        }
    }
}
