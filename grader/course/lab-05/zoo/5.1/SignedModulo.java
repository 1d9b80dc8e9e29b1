// exercise: 5.1
// type: storagelab.bloom.BloomFilter
// verdict: caught
// because: a sum of hashes is taken modulo as a signed number: every second key sets other bits than LevelDB asks for
public final class BloomFilter {
    public Slice create(List<Slice> keys) {
        int bytes = Math.max(BITS_MIN / Byte.SIZE, (keys.size() * bitsPerKey + Byte.SIZE - 1) / Byte.SIZE);
        byte[] filter = new byte[bytes + 1];
        for (Slice key : keys) {
            int hash = LevelDbHash.of(key);
            int delta = Integer.rotateRight(hash, ROTATION);
            for (int i = 0; i < probes; i++) {
                int bit = Math.floorMod(hash, bytes * Byte.SIZE);
                filter[bit / Byte.SIZE] |= mask(bit);
                hash += delta;
            }
        }
        filter[bytes] = (byte) probes;
        return Slice.wrap(filter);
    }

    public boolean mayContain(Slice filter, Slice key) {
        int bytes = filter.length() - 1;
        if (bytes < 1 || (filter.byteAt(bytes) & 0xff) > PROBES_MAX) {
            return bytes >= 1;
        }
        int hash = LevelDbHash.of(key);
        int delta = Integer.rotateRight(hash, ROTATION);
        for (int i = 0; i < filter.byteAt(bytes); i++) {
            int bit = Math.floorMod(hash, bytes * Byte.SIZE);
            if ((filter.byteAt(bit / Byte.SIZE) & mask(bit)) == 0) {
                return false;
            }
            hash += delta;
        }
        return true;
    }
}
