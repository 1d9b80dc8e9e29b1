// exercise: 5.2
// type: storagelab.sstable.InternalKey
// verdict: caught
// because: a sequence that does not fit into 56 bits loses its upper ones, and a new write becomes an old one
public final class InternalKey {
    public static long tag(long sequence, ValueKind kind) {
        return sequence << Byte.SIZE | kind.code();
    }
}
