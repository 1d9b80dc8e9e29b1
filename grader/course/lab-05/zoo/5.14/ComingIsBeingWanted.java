// exercise: 5.14
// type: storagelab.sstable.BlockCache
// verdict: caught
// because: a block has its mark when it comes: a scan is spared whole, and becomes what is kept
public final class BlockCache {
    private static final class Shard {
        synchronized void put(Entry entry) {
            Slots slots = entry.slots;
            if (entry.bytes() > budgetBytes || slots.closed || slots.entries.get(entry.index) != null) {
                return;
            }
            long wentAt = slots.wentAt[entry.index];
            entry.kept = wentAt > 0 && wentBytes - wentAt < budgetBytes;
            entry.marked = true;
            makeRoom(entry.bytes());
            queueOf(entry).add(entry);
            slots.entries.setRelease(entry.index, entry);
        }
    }
}
