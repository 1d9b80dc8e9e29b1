// exercise: 1.9
// type: storagelab.sortedlog.DurableTableList
// verdict: caught
// because: where nothing was published an empty list is read
public final class DurableTableList implements TableList {
    public Optional<PublishedTables> read() {
        Path path = directory.resolve(FileNames.TABLE_LIST);
        if (!Files.exists(path)) {
            return Optional.of(PublishedTables.NONE);
        }
        try (StoreFile file = StoreFile.openForReading(path, stats)) {
            return Optional.of(decode(file.read(0, Math.toIntExact(file.sizeBytes()))));
        } catch (MalformedBytesException e) {
            throw new CorruptionException(path, 0, "a list of tables", String.valueOf(e.getMessage()));
        }
    }
}
