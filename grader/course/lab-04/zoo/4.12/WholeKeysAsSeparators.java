// exercise: 4.12
// type: storagelab.btree.BulkLoader
// verdict: caught
// because: the first key on the right parts the leaves as well, but with more bytes than it takes
public final class BulkLoader {
    public static Loaded load(TreePages pages, Cursor sorted) {
        List<Child> level = new ArrayList<>();
        long entries = 0;
        SlottedPage leaf = null;
        Slice last = Slice.EMPTY;
        for (sorted.seekToFirst(); sorted.isValid(); sorted.next()) {
            Slice key = sorted.key();
            if (entries > 0 && last.compareTo(key) >= 0) {
                throw new IllegalArgumentException("entries must ascend, and " + key + " comes after " + last);
            }
            Slice payload = StoredValue.store(pages, key, sorted.value());
            if (leaf == null || !leaf.insert(leaf.count(), key, payload)) {
                finishLast(pages, level);
                int page = pages.add(PageLayout.LEAF);
                level.add(new Child(leaf == null ? Slice.EMPTY : copy(key), page));
                leaf = new SlottedPage(pages.read(page));
                leaf.insert(0, key, payload);
            }
            last = key;
            entries++;
        }
        finishLast(pages, level);
        while (level.size() > 1) {
            level = branchesAbove(pages, level);
        }
        return new Loaded(level.isEmpty() ? PageSource.NO_PAGE : level.get(0).page, entries);
    }
}
