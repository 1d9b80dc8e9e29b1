// exercise: 5.5
// type: storagelab.sstable.SsTable
// verdict: caught
// because: the entry that a seek ends at is taken for the key, though it may be the next one
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
        if (!entries.isValid()) {
            return Optional.empty();
        }
        return Optional.of(
                entries.kind() == ValueKind.DELETION
                        ? Entry.tombstone(userKey)
                        : Entry.value(userKey, entries.value()));
    }
}
