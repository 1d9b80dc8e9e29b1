// exercise: 5.14
// type: storagelab.sstable.BlockCache
// verdict: caught
// because: a thread that has read a block before its table was closed puts it there afterwards, and nobody takes it away
public final class BlockCache {
    private static final class Shard {
        synchronized void put(Entry entry) {
            Slots slots = entry.slots;
            if (entry.bytes() > budgetBytes || slots.entries.get(entry.index) != null) {
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
