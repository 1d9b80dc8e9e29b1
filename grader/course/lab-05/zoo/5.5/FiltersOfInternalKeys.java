// exercise: 5.5
// type: storagelab.sstable.TableBuilder
// verdict: caught
// because: filters are made of internal keys, and nobody who asks for a user's key finds it
public final class TableBuilder {
    public void add(Slice internalKey, Slice value) {
        if (entries > 0 && InternalKeyOrder.ORDER.compare(last, internalKey) >= 0) {
            throw new IllegalArgumentException(
                    InternalKey.toString(internalKey) + " comes after " + InternalKey.toString(last));
        }
        if (entries == 0) {
            smallest = internalKey;
        } else {
            indexEnded(InternalKeyOrder.ORDER.shortestSeparator(last, internalKey));
        }
        if (filters != null) {
            filters.add(internalKey);
        }
        data.add(internalKey, value);
        last = internalKey;
        entries++;
        if (data.sizeBytes() >= options.blockBytes()) {
            endBlock();
        }
    }
}
