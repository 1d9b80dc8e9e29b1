package storagelab.btree;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Cursor;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Solution;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/** Builds a whole tree from entries that come in order, without searching or splitting anything. */
public final class BulkLoader {
    private BulkLoader() {}

    /** A tree that was built. */
    public record Loaded(int root, long entries) {}

    /**
     * Builds a tree of the entries of {@code sorted}, from its first to its last.
     *
     * <p>Leaves are filled one after the other: an entry goes into the last one, or into a new one when there is no
     * room. A leaf that is full is {@linkplain TreePages#finish finished}; because they are added one after the other,
     * they come to lie side by side in the file, in the order of their keys, and are written in large pieces. What a
     * branch needs is little enough to remember: for each leaf its page and the {@link Separator} between it and the
     * leaf before. From these the branches are built in the same way, level by level, until a level has a single page:
     * the root.
     *
     * <p>The last page of a level may be nearly empty, as any page at the right edge of a tree. But a branch has at
     * least two children: if a single child were left over for the last branch, it gets one more from the branch before
     * it. That one is finished already if you find out too late: look ahead.
     *
     * <p>Values that are too large for a leaf go to overflow pages ({@link OverflowPages}), which are added, and
     * finished, before the cell that refers to them. {@link StoredValue#store} does both, and gives the payload of the
     * cell. It copies the value; the key of a cursor is good for as long as you like, but keeps the page it is a part
     * of in memory, so that what you keep for each leaf should be a copy.
     *
     * <p>Example: pages of 1,024 bytes have room for 988. A hundred entries with the keys {@code k00} to {@code k99}
     * and values of 86 bytes take 98 bytes each (6 for the slot, 2 for the lengths, 3, and a payload of 87): ten in
     * each of ten leaves, 980 of 988 bytes in use, in the pages p to p + 9. Above them page p + 10, the root, has the
     * nine separators {@code k1} to {@code k9}, of 14 bytes each (6, 2, 2, and 4 for the child): eleven pages.
     *
     * <p>Cost: O(n); every page is added once, finished once, and not changed or read after that. A few pages at a time
     * are unfinished. But for the last page of a level, and for a branch that gave its last child away, a page has no
     * room for the cell that came next: with cells of at most a twentieth of it, it is at least 95 % full.
     *
     * @param sorted at no particular entry; it is moved through all of them, and not closed
     * @throws IllegalArgumentException if a key is not greater than the one before, or a key or a value is too long
     *     ({@link StoredValue#store}). The pages that were made until then are left to the caller
     * @return the root ({@link PageSource#NO_PAGE} if there are no entries) and the number of entries
     */
    @Exercise(
            id = "4.12",
            title = "Build a tree from sorted entries",
            points = 5,
            difficulty = Difficulty.MEDIUM,
            hours = 3,
            needs = {"4.6", "4.8", "4.11"})
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
                level.add(new Child(leaf == null ? Slice.EMPTY : copy(Separator.between(last, key)), page));
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

    /** A page and the separator to its left, which the first page of a level does not need. */
    @Solution
    private record Child(Slice separator, int page) {}

    @Solution
    private static List<Child> branchesAbove(TreePages pages, List<Child> children) {
        List<Child> level = new ArrayList<>();
        BranchNode branch = null;
        for (int i = 0; i < children.size(); i++) {
            Child child = children.get(i);
            boolean lonely = i == children.size() - 2 && branch != null && !fitsTwo(branch, child, children.get(i + 1));
            if (branch == null || lonely || !branch.insert(branch.cells().count(), child.separator, child.page)) {
                branch = open(pages, level, child);
            }
        }
        finishLast(pages, level);
        return level;
    }

    /** Whether the last two children fit, so that neither is left over for a branch of its own. */
    @Solution
    private static boolean fitsTwo(BranchNode branch, Child one, Child other) {
        int bytes = SlottedPage.cellBytes(one.separator.length(), Integer.BYTES)
                + SlottedPage.cellBytes(other.separator.length(), Integer.BYTES);
        return bytes <= branch.cells().freeBytes();
    }

    @Solution
    private static BranchNode open(TreePages pages, List<Child> level, Child leftmost) {
        finishLast(pages, level);
        int page = pages.add(PageLayout.BRANCH);
        level.add(new Child(leftmost.separator, page));
        BranchNode branch = new BranchNode(pages.read(page));
        branch.setChild(0, leftmost.page);
        return branch;
    }

    @Solution
    private static void finishLast(TreePages pages, List<Child> level) {
        if (!level.isEmpty()) {
            pages.finish(level.get(level.size() - 1).page);
        }
    }

    @Solution
    private static Slice copy(Slice slice) {
        return Slice.wrap(slice.toByteArray());
    }
}
