// exercise: 1.9
// type: storagelab.sortedlog.DurableTableList
// verdict: caught
// because: a publication syncs the directory before the rename, too
public final class DurableTableList implements TableList {
    public void publish(PublishedTables tables) {
        Path temporary = directory.resolve(FileNames.TABLE_LIST_TEMPORARY);
        StoreFile.delete(temporary);
        try (StoreFile file = StoreFile.create(temporary, stats)) {
            file.append(encode(tables));
            file.sync();
        }
        Directories.sync(directory, stats);
        try {
            Files.move(temporary, directory.resolve(FileNames.TABLE_LIST), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageIoException("replacing the table list of " + directory, e);
        }
        Directories.sync(directory, stats);
    }
}
