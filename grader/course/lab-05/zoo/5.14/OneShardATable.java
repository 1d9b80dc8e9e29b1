// exercise: 5.14
// type: storagelab.sstable.BlockCache
// verdict: caught
// because: all blocks of a table are in one shard: a store of one table has a sixteenth of its cache
public final class BlockCache {
    public final class Slots {
        public void put(int index, Block block) {
            shards[Math.floorMod(firstShard, shards.length)].put(new Entry(this, index, block));
        }

        public void close() {
            closed = true;
            shards[Math.floorMod(firstShard, shards.length)].removeAll(this, 0, 1);
        }
    }
}
