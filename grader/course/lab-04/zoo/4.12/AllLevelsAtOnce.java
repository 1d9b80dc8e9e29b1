// exercise: 4.12
// type: storagelab.btree.BulkLoader
// verdict: accepted
// because: branches are built while the leaves are, one group of children held back in each level
public final class BulkLoader {
    public static Loaded load(TreePages pages, Cursor sorted) {
        List<Level> branches = new ArrayList<>();
        branches.add(new Level());
        long entries = 0;
        SlottedPage leaf = null;
        int page = PageSource.NO_PAGE;
        Slice last = Slice.EMPTY;
        for (sorted.seekToFirst(); sorted.isValid(); sorted.next()) {
            Slice key = sorted.key();
            if (entries > 0 && last.compareTo(key) >= 0) {
                throw new IllegalArgumentException(key + " after " + last);
            }
            Slice payload = StoredValue.store(pages, key, sorted.value());
            if (leaf == null || !leaf.insert(leaf.count(), key, payload)) {
                Slice separator = leaf == null ? Slice.EMPTY : copy(Separator.between(last, key));
                if (leaf != null) {
                    pages.finish(page);
                }
                page = pages.add(PageLayout.LEAF);
                add(pages, branches, 0, new Child(separator, page));
                leaf = new SlottedPage(pages.read(page));
                leaf.insert(0, key, payload);
            }
            last = key;
            entries++;
        }
        if (leaf == null) {
            return new Loaded(PageSource.NO_PAGE, 0);
        }
        pages.finish(page);
        for (int height = 0; ; height++) {
            Level level = branches.get(height);
            if (level.held.isEmpty() && level.open.size() == 1) {
                return new Loaded(level.open.get(0).page, entries);
            }
            if (!level.held.isEmpty() && level.open.size() == 1) {
                level.open.add(0, level.held.remove(level.held.size() - 1));
            }
            emit(pages, branches, height, level.held);
            emit(pages, branches, height, level.open);
        }
    }

    private static final class Level {
        private List<Child> held = new ArrayList<>();
        private List<Child> open = new ArrayList<>();
        private int bytes;
    }

    private static void add(TreePages pages, List<Level> branches, int height, Child child) {
        Level level = branches.get(height);
        int bytes = level.open.isEmpty() ? 0 : SlottedPage.cellBytes(child.separator.length(), Integer.BYTES);
        if (level.bytes + bytes > SlottedPage.capacityBytes(pages.pageSizeBytes())) {
            emit(pages, branches, height, level.held);
            level.held = level.open;
            level.open = new ArrayList<>();
            bytes = 0;
            level.bytes = 0;
        }
        level.open.add(child);
        level.bytes += bytes;
    }

    private static void emit(TreePages pages, List<Level> branches, int height, List<Child> children) {
        if (children.isEmpty()) {
            return;
        }
        if (branches.size() == height + 1) {
            branches.add(new Level());
        }
        int page = pages.add(PageLayout.BRANCH);
        BranchNode branch = new BranchNode(pages.read(page));
        branch.setChild(0, children.get(0).page);
        for (Child child : children.subList(1, children.size())) {
            branch.insert(branch.cells().count(), child.separator, child.page);
        }
        pages.finish(page);
        add(pages, branches, height + 1, new Child(children.get(0).separator, page));
    }
}
