// exercise: 5.1
// type: storagelab.bloom.BloomFilter
// verdict: caught
// because: a filter is asked with the number of bits of this policy and not with its own: keys of filters with fewer bits are denied
public final class BloomFilter {
    public boolean mayContain(Slice filter, Slice key) {
        int bytes = filter.length() - 1;
        if (bytes < 1 || (filter.byteAt(bytes) & 0xff) > PROBES_MAX) {
            return bytes >= 1;
        }
        int hash = LevelDbHash.of(key);
        int delta = Integer.rotateRight(hash, ROTATION);
        for (int i = 0; i < probes; i++) {
            int bit = Integer.remainderUnsigned(hash, bytes * Byte.SIZE);
            if ((filter.byteAt(bit / Byte.SIZE) & mask(bit)) == 0) {
                return false;
            }
            hash += delta;
        }
        return true;
    }
}
