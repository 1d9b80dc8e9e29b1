// exercise: 5.1
// type: storagelab.bloom.BlockedBloomFilter
// verdict: caught
// because: the lowest nine bits of a product of odd numbers: they are odd always, and half of the bits are never used
public final class BlockedBloomFilter {
    public Slice create(List<Slice> keys) {
        long blocks = Math.max(1, ((long) keys.size() * bitsPerKey + BLOCK_BITS - 1) / BLOCK_BITS);
        byte[] filter = new byte[(int) blocks * BLOCK_BYTES + 1];
        for (Slice key : keys) {
            long hash = LevelDbHash.wide(key);
            int start = block(hash, blocks) * BLOCK_BYTES;
            int mixed = (int) hash;
            for (int i = 0; i < probes; i++) {
                mixed *= GOLDEN_RATIO;
                int bit = mixed & (BLOCK_BITS - 1);
                filter[start + bit / Byte.SIZE] |= mask(bit);
            }
        }
        filter[filter.length - 1] = (byte) probes;
        return Slice.wrap(filter);
    }

    public boolean mayContain(Slice filter, Slice key) {
        int blocks = filter.length() / BLOCK_BYTES;
        if (blocks < 1
                || blocks * BLOCK_BYTES + 1 != filter.length()
                || (filter.byteAt(filter.length() - 1) & 0xff) > PROBES_MAX) {
            return true;
        }
        long hash = LevelDbHash.wide(key);
        int start = block(hash, blocks) * BLOCK_BYTES;
        int mixed = (int) hash;
        for (int i = 0; i < filter.byteAt(filter.length() - 1); i++) {
            mixed *= GOLDEN_RATIO;
            int bit = mixed & (BLOCK_BITS - 1);
            if ((filter.byteAt(start + bit / Byte.SIZE) & mask(bit)) == 0) {
                return false;
            }
        }
        return true;
    }
}
