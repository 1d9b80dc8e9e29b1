package storagelab.testkit.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import storagelab.api.Slice;
import storagelab.btree.PageSource;
import storagelab.btree.TreeDelete;
import storagelab.btree.TreeInsert;
import storagelab.btree.TreeVerifier;
import storagelab.btree.TreeVerifier.TreeShape;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.Step;

/**
 * A tree of pages of 1 KiB beside a sorted map that gets the same operations. After each of them the tree is verified and
 * compared, and no page may have been changed that was not copied for it.
 */
public final class TreeModel {
    /** How many bytes its pages have. */
    public static final int PAGE_BYTES = 1024;

    /** The largest cell that may come: a quarter of a page. */
    public static final int CELL_BYTES_MAX = SlottedPage.capacityBytes(PAGE_BYTES) / 4;

    private final WatchedPages pages = new WatchedPages(PAGE_BYTES);
    private final TreeMap<Slice, Slice> right = new TreeMap<>();
    private final List<OldTree> oldTrees = new ArrayList<>();
    private int root = PageSource.NO_PAGE;
    private int depth;
    private boolean keepsAll; // whether pages that no tree needs have to be gone
    private int operations;

    private record OldTree(int root, int afterOperation, TreeMap<Slice, Slice> right) {}

    /** The pages of the tree, and of the trees before it that were kept. */
    public WatchedPages pages() {
        return pages;
    }

    /** The page of the tree's root, or {@link PageSource#NO_PAGE}. */
    public int root() {
        return root;
    }

    /** What has to be in the tree. */
    public TreeMap<Slice, Slice> right() {
        return right;
    }

    /** Puts, as a store does: what is to become shorter is deleted first. */
    public TreeShape put(Slice key, Slice payload) {
        Slice old = right.get(key);
        if (old != null && old.length() > payload.length()) {
            delete(key);
        }
        String operation = "put(" + key + ", " + payload.length() + " bytes)";
        step(operation);
        pages.begin();
        root = TreeInsert.put(pages, root, key, payload);
        right.put(key, payload);
        return check(operation);
    }

    /** Deletes a key, which need not be there. */
    public TreeShape delete(Slice key) {
        step("delete(" + key + ")");
        pages.begin();
        root = TreeDelete.delete(pages, root, key);
        right.remove(key);
        return check("delete(" + key + ")");
    }

    private void step(String operation) {
        Step.at("operation " + (operations + 1) + ", " + operation + ", on a tree of " + depth + " levels with "
                + right.size() + " entries");
    }

    /** Keeps the tree as it is now, to be compared again by {@link #checkOldTrees}. */
    public void freeze() {
        keepsAll = true;
        pages.freeze();
        oldTrees.add(new OldTree(root, operations, new TreeMap<>(right)));
    }

    /** Fails if a tree that was kept is not what it was. */
    public void checkOldTrees() {
        for (OldTree old : oldTrees) {
            compare(
                    old.root,
                    old.right,
                    "the tree as it was after operation " + old.afterOperation + ", after " + operations);
        }
    }

    private TreeShape check(String operation) {
        operations++;
        String when = "after operation " + operations + ", " + operation;
        int levels = Math.max(1, depth);
        int touched = pages.pagesCopied() + pages.pagesAdded();
        if (touched > 4 * levels + 2 || pages.pagesRead() > 8 * levels + 4) {
            throw new AssertionError(when + " in a tree of " + depth + " levels: " + pages.pagesRead()
                    + " pages were read and " + touched + " copied or added; a few on each level do");
        }
        try {
            pages.checkOthersAsTheyWere();
        } catch (AssertionError e) {
            throw new AssertionError(when + ": " + e.getMessage(), e);
        }
        TreeShape shape = compare(root, right, when);
        depth = shape.depth();
        if (!keepsAll && pages.pageCount() != shape.pages().size()) {
            throw new AssertionError(when + ": there are " + pages.pageCount() + " pages, and the tree has "
                    + shape.pages().size() + ": the others were not freed");
        }
        return shape;
    }

    private TreeShape compare(int ofRoot, TreeMap<Slice, Slice> expected, String when) {
        TreeShape shape;
        TreeMap<Slice, Slice> found = new TreeMap<>();
        try {
            shape = TreeVerifier.verify(pages, ofRoot);
            for (int page : shape.pages()) {
                byte[] bytes = pages.read(page);
                if (PageLayout.kind(bytes) == PageLayout.LEAF) {
                    SlottedPage leaf = new SlottedPage(bytes);
                    for (int i = 0; i < leaf.count(); i++) {
                        found.put(leaf.key(i), leaf.payload(i));
                    }
                }
            }
        } catch (AssertionError | IllegalArgumentException e) {
            throw new AssertionError(when + ": " + e.getMessage(), e);
        }
        if (!found.equals(expected)) {
            throw new AssertionError(when + ": " + difference(expected, found));
        }
        return shape;
    }

    private static String difference(TreeMap<Slice, Slice> expected, TreeMap<Slice, Slice> found) {
        for (Map.Entry<Slice, Slice> entry : expected.entrySet()) {
            Slice payload = found.get(entry.getKey());
            if (payload == null) {
                return entry.getKey() + " is lost; there should be " + expected.size() + " keys, and are "
                        + found.size();
            }
            if (!payload.equals(entry.getValue())) {
                return entry.getKey() + " should have " + entry.getValue() + " and has " + payload;
            }
        }
        found.keySet().removeAll(expected.keySet());
        return found.firstKey() + " is there and should not be";
    }

    /** A random payload of which a cell with {@code key} is not larger than may be, and is larger now and then. */
    public static Slice randomPayload(Slice key, Random random) {
        int most = CELL_BYTES_MAX - SlottedPage.cellBytes(key.length(), 0) - 1;
        byte[] payload = new byte[random.nextInt(1 + random.nextInt(Math.max(1, most)))];
        random.nextBytes(payload);
        return Slice.wrap(payload);
    }
}
