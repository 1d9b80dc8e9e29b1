// exercise: 5.4
// type: storagelab.sstable.BlockCursor
// verdict: accepted
// because: a search goes on from a restart whose key is the one it looks for, and halves another way
public final class BlockCursor {
    private int lastRestartBefore(Slice userKey, long tag) {
        int low = 0;
        int high = block.restartCount();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            int at = block.restart(middle);
            int shared = varint(at);
            int unshared = varint(read);
            int valueLength = varint(read);
            if (shared != 0 || unshared < InternalKey.TAG_BYTES || unshared > end - read || valueLength < 0) {
                throw block.damaged("a key that shares nothing", "another at byte " + at);
            }
            int order = compare(bytes, read, unshared, userKey, tag);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    public boolean isAt(Slice userKey) {
        return isValid() && InternalKey.userKey(key()).equals(userKey);
    }
}
