// exercise: 5.14
// type: storagelab.sstable.BlockCache
// verdict: caught
// because: a block that two threads have read is kept twice: one of them is found by nobody and takes its bytes until it goes
public final class BlockCache {
    private static final class Shard {
        synchronized void put(Entry entry) {
            Slots slots = entry.slots;
            if (entry.bytes() > budgetBytes || slots.closed) {
                return;
            }
            long wentAt = slots.wentAt[entry.index];
            entry.kept = wentAt > 0 && wentBytes - wentAt < budgetBytes;
            makeRoom(entry.bytes());
            queueOf(entry).add(entry);
            slots.entries.setRelease(entry.index, entry);
        }
    }
}
