// exercise: 1.9
// type: storagelab.sortedlog.DurableTableList
// verdict: caught
// because: the new list is copied over the old one
public final class DurableTableList implements TableList {
    public void publish(PublishedTables tables) {
        Path temporary = directory.resolve(FileNames.TABLE_LIST_TEMPORARY);
        StoreFile.delete(temporary);
        try (StoreFile file = StoreFile.create(temporary, stats)) {
            file.append(encode(tables));
            file.sync();
        }
        try {
            Files.copy(temporary, directory.resolve(FileNames.TABLE_LIST), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StorageIoException("replacing the table list of " + directory, e);
        }
        Directories.sync(directory, stats);
    }
}
