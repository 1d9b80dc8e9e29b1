// exercise: 5.1
// type: storagelab.bloom.BlockedBloomFilter
// verdict: caught
// because: the block is cut off at 32 bits before it is divided: hashes of the upper half lead outside of the filter or to block 0
public final class BlockedBloomFilter {
    private static int block(long hash, long blocks) {
        return (int) (((int) (hash >>> Integer.SIZE) * (int) blocks) >>> Integer.SIZE);
    }
}
