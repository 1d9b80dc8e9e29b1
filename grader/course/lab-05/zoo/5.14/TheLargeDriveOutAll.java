// exercise: 5.14
// type: storagelab.sstable.BlockCache
// verdict: caught
// because: a block that is larger than the budget is let in after all others were driven out
public final class BlockCache {
    private static final class Shard {
        synchronized void put(Entry entry) {
            Slots slots = entry.slots;
            if (slots.closed || slots.entries.get(entry.index) != null) {
                return;
            }
            long wentAt = slots.wentAt[entry.index];
            entry.kept = wentAt > 0 && wentBytes - wentAt < budgetBytes;
            makeRoom(entry.bytes());
            queueOf(entry).add(entry);
            slots.entries.setRelease(entry.index, entry);
        }
        private void makeRoom(long bytes) {
            int mayBeSpared = fresh.count + kept.count;
            while (usedBytes() + bytes > budgetBytes && usedBytes() > 0) {
                boolean ofFresh = fresh.bytes > budgetBytes / FRESH_PART || kept.count == 0;
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
