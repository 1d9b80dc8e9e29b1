// exercise: 4.12
// type: storagelab.btree.BulkLoader
// verdict: caught
// because: every entry is put into the tree from the root
public final class BulkLoader {
    public static Loaded load(TreePages pages, Cursor sorted) {
        int root = PageSource.NO_PAGE;
        long entries = 0;
        for (sorted.seekToFirst(); sorted.isValid(); sorted.next()) {
            Slice payload = StoredValue.store(pages, sorted.key(), sorted.value());
            root = TreeInsert.put(pages, root, sorted.key(), payload);
            entries++;
        }
        return new Loaded(root, entries);
    }
}
