// exercise: 5.2
// type: storagelab.sstable.InternalKey
// verdict: caught
// because: one looks for the key with the kind DELETION: that comes behind the value which was written at the same sequence
public final class InternalKey {
    public static Slice seekKey(Slice userKey, long sequence) {
        return of(userKey, sequence, ValueKind.DELETION);
    }
}
