// exercise: 1.9
// type: storagelab.sortedlog.DurableTableList
// verdict: caught
// because: the list is deleted and written anew in place, and a crash in between leaves none or half of one
public final class DurableTableList implements TableList {
    @Override
    public void publish(PublishedTables tables) {
        Path list = directory.resolve(FileNames.TABLE_LIST);
        StoreFile.delete(list);
        try (StoreFile file = StoreFile.create(list, stats)) {
            file.append(encode(tables));
            file.sync();
        }
        Directories.sync(directory, stats);
    }
}
