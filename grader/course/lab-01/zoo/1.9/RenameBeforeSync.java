// exercise: 1.9
// type: storagelab.sortedlog.DurableTableList
// verdict: caught
// because: the new list is renamed before its bytes are on disk, and after a power cut the name stands over zeros
public final class DurableTableList implements TableList {
    @Override
    public void publish(PublishedTables tables) {
        Path temporary = directory.resolve(FileNames.TABLE_LIST_TEMPORARY);
        StoreFile.delete(temporary);
        try (StoreFile file = StoreFile.create(temporary, stats)) {
            file.append(encode(tables));
        }
        try {
            Files.move(temporary, directory.resolve(FileNames.TABLE_LIST), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageIoException("replacing the table list of " + directory, e);
        }
        Directories.sync(directory, stats);
    }
}
