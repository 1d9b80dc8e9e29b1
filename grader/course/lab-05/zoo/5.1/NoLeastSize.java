// exercise: 5.1
// type: storagelab.bloom.BloomFilter
// verdict: caught
// because: a filter of a few keys has a few bits: LevelDB makes them 64, or everything would look like something
public final class BloomFilter {
    private static final int BITS_MIN = 1;
}
