// exercise: 5.5
// type: storagelab.sstable.SsTable
// verdict: caught
// because: the block is read first and the filter asked then, when it spares nothing any more
public final class SsTable {
    public Optional<Entry> get(Slice userKey, long sequence) {
        long tag = InternalKey.tag(sequence, ValueKind.VALUE);
        int number = index.find(userKey, tag);
        if (number == index.count()) {
            return Optional.empty();
        }
        BlockCursor entries = block(number).cursor();
        if (filters != null && !filters.mayContain(index.handle(number).offset(), userKey)) {
            return Optional.empty();
        }
        entries.seek(userKey, tag);
        if (!entries.isAt(userKey)) {
            return Optional.empty();
        }
        return Optional.of(
                entries.kind() == ValueKind.DELETION
                        ? Entry.tombstone(userKey)
                        : Entry.value(userKey, entries.value()));
    }
}
