// exercise: 5.4
// type: storagelab.sstable.BlockBuilder
// verdict: caught
// because: a restart comes after so many entries that share, and not with every so manyth entry
public final class BlockBuilder {
    public void add(Slice key, Slice value) {
        int shared = 0;
        if (sinceRestart <= restartInterval) {
            shared = shared(last, key);
        } else {
            restarts.add(out.size());
            sinceRestart = 0;
        }
        out.putVarint32(shared).putVarint32(key.length() - shared).putVarint32(value.length());
        out.putBytes(key.subSlice(shared, key.length())).putBytes(value);
        last = key;
        sinceRestart++;
    }
}
