// exercise: 5.1
// type: storagelab.bloom.BloomFilter
// verdict: caught
// because: one bit that is set is taken for the key: five of six keys that are not there are perhaps there
public final class BloomFilter {
    public boolean mayContain(Slice filter, Slice key) {
        int bytes = filter.length() - 1;
        if (bytes < 1 || (filter.byteAt(bytes) & 0xff) > PROBES_MAX) {
            return bytes >= 1;
        }
        int hash = LevelDbHash.of(key);
        int delta = Integer.rotateRight(hash, ROTATION);
        for (int i = 0; i < filter.byteAt(bytes); i++) {
            int bit = Integer.remainderUnsigned(hash, bytes * Byte.SIZE);
            if ((filter.byteAt(bit / Byte.SIZE) & mask(bit)) != 0) {
                return true;
            }
            hash += delta;
        }
        return filter.byteAt(bytes) == 0;
    }
}
