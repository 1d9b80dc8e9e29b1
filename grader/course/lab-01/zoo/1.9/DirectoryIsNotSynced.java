// exercise: 1.9
// type: storagelab.sortedlog.DurableTableList
// verdict: caught
// because: the rename is not synced, and after a power cut the old list is back, whose files may be deleted by now
public final class DurableTableList implements TableList {
    @Override
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
            throw new StorageIoException("replacing the table list of " + directory, e);
        }
    }
}
