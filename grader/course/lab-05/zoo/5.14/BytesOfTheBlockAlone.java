// exercise: 5.14
// type: storagelab.sstable.BlockCache
// verdict: caught
// because: an entry costs nothing, as if references and queues took no memory: a budget for large blocks becomes twice as much with small ones
public final class BlockCache {
    private static final class Entry {
        long bytes() {
            return block.sizeBytes();
        }
    }
}
