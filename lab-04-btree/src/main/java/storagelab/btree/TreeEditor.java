package storagelab.btree;

import storagelab.api.Slice;
import storagelab.api.WriteBatch;

/**
 * Applies operations to a tree of pages, one after the other: a value goes where it belongs, into the leaf or to
 * overflow pages, the pages of the one it replaces are freed, and entries are counted.
 *
 * <p>Concurrency: one thread.
 */
public final class TreeEditor {
    private final TreePages pages;
    private int root;
    private long entries;

    /** For the tree that begins at {@code root} and has {@code entries} entries. */
    public TreeEditor(TreePages pages, int root, long entries) {
        this.pages = pages;
        this.root = root;
        this.entries = entries;
    }

    /** Where the tree begins now. */
    public int root() {
        return root;
    }

    /** How many entries it has now. */
    public long entries() {
        return entries;
    }

    /** Applies one operation. If it throws, the tree is not to be used any more. */
    public void apply(WriteBatch.Operation operation) {
        Slice old = TreeSearch.payload(pages, root, operation.key());
        int oldLength = old == null ? 0 : old.length();
        if (old != null && StoredValue.isOverflow(old)) {
            OverflowPages.free(pages, old);
        }
        if (operation instanceof WriteBatch.Put put) {
            Slice payload = StoredValue.store(pages, put.key(), put.value());
            if (payload.length() < oldLength) { // the leaf may have to be merged with another
                root = TreeDelete.delete(pages, root, put.key());
            }
            root = TreeInsert.put(pages, root, put.key(), payload);
            entries += old == null ? 1 : 0;
        } else if (old != null) {
            root = TreeDelete.delete(pages, root, operation.key());
            entries--;
        }
    }
}
