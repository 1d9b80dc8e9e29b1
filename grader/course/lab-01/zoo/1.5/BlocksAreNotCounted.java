// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: readBlock goes around the code that counts, so that nobody sees what a cursor costs

public final class SortedTable {
    public List<Entry> readBlock(int block) {
        BlockRef place = index.get(block);
        ByteReader reader = new ByteReader(readChecked(file, place.offset, place.sizeBytes));
        List<Entry> entries = new ArrayList<>();
        try {
            while (reader.remaining() > 0) {
                entries.add(EntryCodec.read(reader));
            }
        } catch (MalformedBytesException e) {
            throw damaged(place.offset, "entries", e.getMessage());
        }
        return entries;
    }
}
