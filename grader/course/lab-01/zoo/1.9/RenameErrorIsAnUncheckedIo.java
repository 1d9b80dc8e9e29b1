// exercise: 1.9
// type: storagelab.sortedlog.DurableTableList
// verdict: caught
// because: a rename that fails ends in an UncheckedIOException
public final class DurableTableList implements TableList {
    public void publish(PublishedTables tables) {
        Path temporary = directory.resolve(FileNames.TABLE_LIST_TEMPORARY);
        StoreFile.delete(temporary);
        try (StoreFile file = StoreFile.create(temporary, stats)) {
            file.append(encode(tables));
            file.sync();
        }
        try {
            Files.move(temporary, directory.resolve(FileNames.TABLE_LIST), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Directories.sync(directory, stats);
    }
}
