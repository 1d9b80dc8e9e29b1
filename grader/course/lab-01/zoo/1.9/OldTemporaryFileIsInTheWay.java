// exercise: 1.9
// type: storagelab.sortedlog.DurableTableList
// verdict: caught
// because: the temporary file of an earlier crash is in the way, and the store can publish nothing any more
public final class DurableTableList implements TableList {
    @Override
    public void publish(PublishedTables tables) {
        Path temporary = directory.resolve(FileNames.TABLE_LIST_TEMPORARY);
        try (StoreFile file = StoreFile.create(temporary, stats)) {
            file.append(encode(tables));
            file.sync();
        }
        try {
            Files.move(temporary, directory.resolve(FileNames.TABLE_LIST), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageIoException("replacing the table list of " + directory, e);
        }
        Directories.sync(directory, stats);
    }
}
