// exercise: 5.2
// type: storagelab.sstable.InternalKeyOrder
// verdict: caught
// because: internal keys are compared as the bytes that they are: the tag is taken for a part of the key, and the oldest comes first
public final class InternalKeyOrder {
    public int compare(Slice one, Slice other) {
        return one.compareTo(other);
    }
}
