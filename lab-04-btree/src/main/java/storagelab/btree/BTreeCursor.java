package storagelab.btree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/**
 * A cursor over a tree whose pages do not change while it is open.
 *
 * <p>Leaves have no links to their neighbours: with pages that are changed in copies, a new number of one leaf would
 * have to be written into its neighbour, which would be a change of that one, and so on through the whole tree. So a
 * cursor remembers the way from the root: the bytes of a page on each level, and which child of it, or which cell, it
 * is at. The next leaf is found by going up until there is a further child to the right, one step over, and down again
 * along the leftmost children.
 *
 * <p>Example: the root, page 5, is a branch with the separators f and m and the children 3, 4 and 6; leaf 3 has a and
 * c, leaf 4 has f, leaf 6 has m and p. After {@code seek("d")} the cursor is at f: the way to d ends behind the last
 * cell of leaf 3, so it goes on to the first of leaf 4. It has read the pages 5, 3 and 4. {@code next()} reads leaf 6
 * and is at m, {@code prev()} reads leaf 4 once more and is at f, {@code prev()} reads leaf 3 and is at c.
 *
 * <p>{@link #key} and {@link #value} copy nothing: they are parts of the page. They stay what they are when the cursor
 * is moved or closed, for the bytes of a page are never used for another one. The value is in the payload of the cell,
 * or in overflow pages; {@link StoredValue#load} gives it in either case. Overflow pages are read when the value is
 * asked for, and not before.
 *
 * <p>Cost: a seek reads one page on each level; if what it looks for is not in the leaf that it comes to, also those on
 * the way to the next leaf, which are one a level at most, and the root is not among them. A step reads nothing as long
 * as it stays in the leaf, and otherwise only the pages below the branch where it turns. So a walk from one end to the
 * other reads every page once, leaf or branch.
 *
 * <p>Errors: what {@link PageSource#read} throws. After a move that failed the cursor is at no entry, and can be positioned
 * again. A {@code value} that failed leaves it where it is.
 */
@Exercise(
        id = "4.10",
        title = "A cursor in both directions",
        points = 8,
        difficulty = Difficulty.MEDIUM,
        hours = 4,
        needs = {"4.6", "4.7", "4.8"})
public final class BTreeCursor implements Cursor {
    private static final int DEPTH_MAX = 32;
    private static final int LINE_BYTES = 64; // what a processor fetches from memory at once

    private final PageSource pages;
    private final int root;
    private final SlottedPage[] way = new SlottedPage[DEPTH_MAX]; // from the root to a leaf
    private final int[] index = new int[DEPTH_MAX]; // of a child in a branch, of a cell in the leaf
    private int leafLevel;
    private boolean valid;
    private boolean closed;

    @SuppressWarnings("UnusedVariable") // it keeps the compiler from leaving out the reads of fetch
    private int fetched;

    /**
     * A cursor at no entry; nothing is read.
     *
     * @param pages which have to stay as they are as long as the cursor is open
     * @param root where the tree begins; {@link PageSource#NO_PAGE} for a tree without entries
     */
    public BTreeCursor(PageSource pages, int root) {
        this.pages = pages;
        this.root = root;
    }

    @Override
    public boolean isValid() {
        checkOpen();
        return valid;
    }

    @Override
    public void seekToFirst() {
        descendFromRoot(null, false);
        valid = leaf() != null;
    }

    @Override
    public void seekToLast() {
        descendFromRoot(null, true);
        valid = leaf() != null;
    }

    @Override
    public void seek(Slice key) {
        descendFromRoot(key, false);
        SlottedPage leaf = leaf();
        valid = leaf != null && (index[leafLevel] < leaf.count() || toNeighbour(1));
    }

    @Override
    public void seekBefore(Slice key) {
        descendFromRoot(key, false);
        valid = leaf() != null && (--index[leafLevel] >= 0 || toNeighbour(-1));
    }

    @Override
    public void next() {
        SlottedPage leaf = entryLeaf();
        valid = false; // until all is well: a read may throw
        valid = ++index[leafLevel] < leaf.count() || toNeighbour(1);
    }

    @Override
    public void prev() {
        entryLeaf();
        valid = false; // until all is well: a read may throw
        valid = --index[leafLevel] >= 0 || toNeighbour(-1);
    }

    @Override
    public Slice key() {
        return entryLeaf().key(index[leafLevel]);
    }

    @Override
    public Slice value() {
        return StoredValue.load(pages, entryLeaf().payload(index[leafLevel]));
    }

    @Override
    public void close() {
        closed = true;
        valid = false;
        Arrays.fill(way, null);
    }

    /** Goes down to where {@code key} is or would be; without a key to the first entry or to the last. */
    private void descendFromRoot(@Nullable Slice key, boolean last) {
        checkOpen();
        valid = false;
        leafLevel = 0;
        way[0] = null;
        if (root != PageSource.NO_PAGE) {
            descend(0, root, key, last);
        }
    }

    private void descend(int fromLevel, int fromPage, @Nullable Slice key, boolean last) {
        int level = fromLevel;
        byte[] bytes = pages.read(fromPage);
        while (PageLayout.kind(bytes) == PageLayout.BRANCH) {
            BranchNode branch = new BranchNode(bytes);
            way[level] = branch.cells();
            index[level] = key != null ? branch.childIndex(key) : last ? branch.childCount() - 1 : 0;
            bytes = pages.read(branch.child(index[level]));
            level++;
        }
        SlottedPage leaf = new SlottedPage(bytes);
        way[level] = leaf;
        leafLevel = level;
        if (key == null) {
            fetch(bytes);
            index[level] = last ? leaf.count() - 1 : 0;
        } else {
            int found = leaf.find(key);
            index[level] = found >= 0 ? found : -found - 1;
        }
    }

    /**
     * Asks for every line of a page at once. Cells lie in the order in which they were put, so the processor cannot guess which
     * line a scan needs next and would wait for one after the other; now it waits for ten at a time. For a leaf of which only a few
     * entries are wanted, as after a seek, it would be work for nothing.
     */
    private void fetch(byte[] page) {
        int sum = 0;
        for (int i = 0; i < page.length; i += LINE_BYTES) {
            sum += page[i];
        }
        fetched += sum; // what nobody uses is not read
    }

    /** Moves to the next leaf in a direction: up until there is a further child, over, and down along the near side. */
    private boolean toNeighbour(int step) {
        for (int level = leafLevel - 1; level >= 0; level--) {
            SlottedPage cells = way[level];
            int child = index[level] + step;
            if (cells != null && child >= 0 && child <= cells.count()) {
                index[level] = child;
                descend(level + 1, new BranchNode(cells.bytes()).child(child), null, step < 0);
                return true;
            }
        }
        return false;
    }

    private @Nullable SlottedPage leaf() {
        return way[leafLevel];
    }

    private SlottedPage entryLeaf() {
        checkOpen();
        SlottedPage leaf = way[leafLevel];
        if (!valid || leaf == null) {
            throw new IllegalStateException("the cursor is at no entry");
        }
        return leaf;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the cursor is closed");
        }
    }
}
