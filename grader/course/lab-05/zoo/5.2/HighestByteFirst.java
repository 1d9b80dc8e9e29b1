// exercise: 5.2
// type: storagelab.sstable.InternalKey
// verdict: caught
// because: the tag has its highest byte first: right in every order, and nothing that LevelDB could read
public final class InternalKey {
    public static Slice of(Slice userKey, long sequence, ValueKind kind) {
        byte[] bytes = java.util.Arrays.copyOf(userKey.toByteArray(), userKey.length() + TAG_BYTES);
        java.nio.ByteBuffer.wrap(bytes).putLong(userKey.length(), tag(sequence, kind));
        return Slice.wrap(bytes);
    }

    public static long tag(Slice internalKey) {
        return internalKey.wordAt(userLength(internalKey));
    }
}
