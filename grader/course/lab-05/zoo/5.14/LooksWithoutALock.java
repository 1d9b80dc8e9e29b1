// exercise: 5.14
// type: storagelab.sstable.BlockCache
// verdict: caught
// because: room is made and taken by each thread on its own: two of them see the same room, and the queues fall apart
public final class BlockCache {
    private static final class Shard {
        void put(Entry entry) {
            Slots slots = entry.slots;
            if (entry.bytes() > budgetBytes || slots.closed || slots.entries.get(entry.index) != null) {
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
