// exercise: 5.14
// type: storagelab.sstable.BlockCache
// verdict: caught
// because: a block that comes counts as a miss a second time, and a cache that hits nine times of ten says eight of ten
public final class BlockCache {
    public final class Slots {
        public void put(int index, Block block) {
            misses.increment();
            shards[Math.floorMod(firstShard + index, shards.length)].put(new Entry(this, index, block));
        }
    }
}
