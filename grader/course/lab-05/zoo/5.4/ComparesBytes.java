// exercise: 5.4
// type: storagelab.sstable.BlockCursor
// verdict: caught
// because: internal keys are compared as bytes, and of 256 versions of a key the wrong one is found
public final class BlockCursor {
    private static int compare(byte[] array, int from, int length, Slice userKey, long tag) {
        return -InternalKey.of(userKey, tag >>> 8, ValueKind.of((int) (tag & 1))).compareTo(array, from, from + length);
    }
}
