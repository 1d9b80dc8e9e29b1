// exercise: 5.4
// type: storagelab.sstable.BlockBuilder
// verdict: caught
// because: a restart shares with the key before it, so that a search cannot begin there
public final class BlockBuilder {
    public void add(Slice key, Slice value) {
        if (sinceRestart == restartInterval) {
            restarts.add(out.size());
            sinceRestart = 0;
        }
        int shared = shared(last, key);
        out.putVarint32(shared).putVarint32(key.length() - shared).putVarint32(value.length());
        out.putBytes(key.subSlice(shared, key.length())).putBytes(value);
        last = key;
        sinceRestart++;
    }
}
