// exercise: 5.5
// type: storagelab.sstable.TableBuilder
// verdict: caught
// because: a data block ends before it has its bytes, so that none is larger than it should be: LevelDB's end behind that
public final class TableBuilder {
    public void add(Slice internalKey, Slice value) {
        if (entries > 0 && InternalKeyOrder.ORDER.compare(last, internalKey) >= 0) {
            throw new IllegalArgumentException(
                    InternalKey.toString(internalKey) + " comes after " + InternalKey.toString(last));
        }
        if (data.sizeBytes() + internalKey.length() + value.length() + 3 > options.blockBytes()) {
            endBlock();
        }
        if (entries == 0) {
            smallest = internalKey;
        } else {
            indexEnded(InternalKeyOrder.ORDER.shortestSeparator(last, internalKey));
        }
        if (filters != null) {
            filters.add(InternalKey.userKey(internalKey));
        }
        data.add(internalKey, value);
        last = internalKey;
        entries++;
    }
}
