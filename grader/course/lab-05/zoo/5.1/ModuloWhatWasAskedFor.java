// exercise: 5.1
// type: storagelab.bloom.BloomFilter
// verdict: caught
// because: modulo the bits that the keys ask for, 110, and not those that there are, 112: a reader knows only the latter
public final class BloomFilter {
    public Slice create(List<Slice> keys) {
        int bits = Math.max(BITS_MIN, keys.size() * bitsPerKey);
        int bytes = (bits + Byte.SIZE - 1) / Byte.SIZE;
        byte[] filter = new byte[bytes + 1];
        for (Slice key : keys) {
            int hash = LevelDbHash.of(key);
            int delta = Integer.rotateRight(hash, ROTATION);
            for (int i = 0; i < probes; i++) {
                int bit = Integer.remainderUnsigned(hash, bits);
                filter[bit / Byte.SIZE] |= mask(bit);
                hash += delta;
            }
        }
        filter[bytes] = (byte) probes;
        return Slice.wrap(filter);
    }
}
