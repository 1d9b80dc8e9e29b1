// exercise: 5.1
// type: storagelab.bloom.BloomFilter
// verdict: caught
// because: a filter of a kind that is not known is taken for one without the key, and an entry that is there is never found
public final class BloomFilter {
    public boolean mayContain(Slice filter, Slice key) {
        int bytes = filter.length() - 1;
        if (bytes < 1 || (filter.byteAt(bytes) & 0xff) > PROBES_MAX) {
            return false;
        }
        int hash = LevelDbHash.of(key);
        int delta = Integer.rotateRight(hash, ROTATION);
        for (int i = 0; i < filter.byteAt(bytes); i++) {
            int bit = Integer.remainderUnsigned(hash, bytes * Byte.SIZE);
            if ((filter.byteAt(bit / Byte.SIZE) & mask(bit)) == 0) {
                return false;
            }
            hash += delta;
        }
        return true;
    }
}
