// exercise: 5.4
// type: storagelab.sstable.BlockCursor
// verdict: caught
// because: the search ends at the first restart that is not less, and what lies between it and the one before is not found
public final class BlockCursor {
    public void seek(Slice userKey, long tag) {
        int before = lastRestartBefore(userKey, tag);
        toRestart(Math.min(before + 1, Math.max(0, block.restartCount() - 1)));
        step();
        while (entry != NONE && compare(key, 0, keyLength, userKey, tag) < 0) {
            step();
        }
    }
}
