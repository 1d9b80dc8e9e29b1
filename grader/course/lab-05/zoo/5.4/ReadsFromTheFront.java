// exercise: 5.4
// type: storagelab.sstable.BlockCursor
// verdict: caught
// because: every entry from the first one on is read until the right one comes: restarts are there for nothing
public final class BlockCursor {
    private int lastRestartBefore(Slice userKey, long tag) {
        return 0;
    }
}
