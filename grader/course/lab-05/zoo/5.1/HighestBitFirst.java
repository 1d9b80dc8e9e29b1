// exercise: 5.1
// type: storagelab.bloom.BloomFilter
// verdict: caught
// because: bits are counted from the highest of a byte: right among themselves, and nothing that LevelDB could read
public final class BloomFilter {
    private static byte mask(int bit) {
        return (byte) (0x80 >>> (bit % Byte.SIZE));
    }
}
