// exercise: 5.5
// type: storagelab.sstable.SsTable
// verdict: caught
// because: a tombstone is taken for nothing, and an older table's value comes back from the dead
public final class SsTable {
    public Optional<Entry> get(Slice userKey, long sequence) {
        long tag = InternalKey.tag(sequence, ValueKind.VALUE);
        int number = index.find(userKey, tag);
        if (number == index.count()
                || (filters != null && !filters.mayContain(index.handle(number).offset(), userKey))) {
            return Optional.empty();
        }
        BlockCursor entries = block(number).cursor();
        entries.seek(userKey, tag);
        return entries.isAt(userKey) && entries.kind() == ValueKind.VALUE
                ? Optional.of(Entry.value(userKey, entries.value()))
                : Optional.empty();
    }
}
