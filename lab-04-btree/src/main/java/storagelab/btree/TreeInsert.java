package storagelab.btree;

import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/** Inserts into a tree of pages, and splits those that have become too full. */
public final class TreeInsert {
    /** How full a split at the right edge of the tree leaves the left page at most, of 100. */
    private static final int RIGHT_EDGE_FILL = 90;

    /** How full two leaves may be, of 100, after they have taken the cells of three. */
    @Solution
    private static final int SHARED_FILL = 85;

    private TreeInsert() {}

    /** Whether a page is at the right edge of the tree. */
    public enum Edge {
        /** No page of the same level is to its right. */
        RIGHT,
        /** There are others to its right. */
        INNER
    }

    /**
     * Puts {@code payload} under {@code key}, in place of what is there.
     *
     * <p>Go down to the leaf, make every page on the way one that may be changed ({@link TreePages#edit}), and let each
     * branch know the new number of its child. If the cell fits into the leaf, that is all.
     *
     * <p>If not, the leaf becomes two: the cells, with the new one in its place among them, are divided between the
     * page and a new one to its right ({@link #divide}). The branch above gets the new page as a further child ({@link
     * #addChild}). That may be too much for the branch, which is then split as well; and when the root is split, a new
     * root makes the tree one level deeper ({@link #rootAbove}). {@link CellList} carries cells from page to page.
     *
     * <p><em>At the right edge</em>, when the new key is greater than every other in the tree, dividing in the middle
     * would be a waste: who inserts in order never comes back to the left half, and every page stays half empty. There
     * the left page keeps as many cells as fit into 90 % of its capacity, and the new page begins with the rest, one
     * cell at least.
     *
     * <p><em>Or share.</em> Leaves into which keys come at random are 69 % full on average, for each is split when it
     * is full, and half empty then. Instead of leaving two halves you may look at the leaves to both sides under the
     * same branch, as the reference does: if the two halves and a neighbour together take no more than 85 % of two
     * pages, divide the cells of all three between two. It makes leaves 78 % full. Nobody asks for it: what is asked
     * for, of pages that were divided in either way, is that each has at least a quarter of its capacity in use, and so
     * the branch, of which a long separator may be replaced by a short one.
     *
     * <p>Example: pages of 1,024 bytes have room for 988, slots included. The root, a leaf, has cells of 240 (key a),
     * 200 (c), 240 (e) and 240 (g) bytes, together 920; a cell b of 100 bytes is put. Of the 1,020 bytes, a, b and c
     * have 540, and e and g 480: nothing comes closer to half. The new root has the separator {@code "e"}. With h
     * instead of b, the left page may keep 889 bytes, which a, c, e and g together exceed: a, c and e stay there with
     * 680, g and h go to the right, and the separator is {@code "g"}.
     *
     * <p>Nothing that was there before is changed, but through {@link TreePages#edit}: whoever holds the old root sees
     * the old tree.
     *
     * <p>Cost: O(depth) pages read and edited, and one page added for each that is split.
     *
     * @param root {@link PageSource#NO_PAGE} for an empty tree, which gets a leaf as its root
     * @param key of which a cell with the four bytes of a page number takes at most a quarter of a page's {@linkplain
     *     SlottedPage#capacityBytes capacity}
     * @param payload of which a cell with {@code key} takes at most that, too. If it is shorter than what was there,
     *     the leaf may have less than a quarter in use afterwards: the caller deletes the key first
     * @return the root of the changed tree
     */
    @Exercise(
            id = "4.8",
            title = "Insert, and split what is too full",
            points = 8,
            difficulty = Difficulty.HARD,
            hours = 6,
            needs = {"4.6", "4.7"})
    public static int put(TreePages pages, int root, Slice key, Slice payload) {
        if (root == PageSource.NO_PAGE) {
            int leaf = pages.add(PageLayout.LEAF);
            new SlottedPage(pages.read(leaf)).insert(0, key, payload);
            return leaf;
        }
        return rootAbove(pages, new TreeInsert.Put(pages, key, payload).into(root, Edge.RIGHT));
    }

    /**
     * Adds a child to a branch, and splits the branch if there is no room for it: by {@link #divide}, or with 90 % on
     * the left, as {@link #put} does it with leaves, if the branch is at the right edge and the new child is its last.
     * Each half has one separator at least.
     *
     * <p>Example: the branch 8 has the separators {@code f m} and the children 7, 4, 9. {@code addChild(pages, 8, 1,
     * new ChangedPage(4, "h", 12), INNER)} makes it {@code f h m} and 7, 4, 12, 9, and is {@code ChangedPage.whole(8)}.
     *
     * @param page the branch; it may be changed already
     * @param index of the new separator among those of the branch: of the child that was split
     * @param child whose separator and right page are added
     * @param edge whether no branch of the same level is to the right
     * @return what became of the branch
     */
    @ExercisePart("4.8")
    public static ChangedPage addChild(TreePages pages, int page, int index, ChangedPage child, Edge edge) {
        BranchNode branch = new BranchNode(pages.read(page));
        if (branch.insert(index, child.separator(), child.right())) {
            return ChangedPage.whole(page);
        }
        CellList cells = new CellList()
                .addAll(branch.cells())
                .insert(index, child.separator(), BranchNode.payload(child.right()));
        int right = pages.add(PageLayout.BRANCH);
        return edge == Edge.RIGHT && index == cells.count() - 1
                ? divideAt(pages, page, right, cells, nearlyAll(pages, cells, 1))
                : divide(pages, page, right, cells);
    }

    /**
     * Divides cells between two neighbouring pages of the same kind, in place of what these have.
     *
     * <p><em>By bytes, not by number</em>: where the two pages come closest to the same {@linkplain
     * SlottedPage#usedBytes number of bytes}. One cell of 240 bytes and thirty of 25 are not halved by putting fifteen
     * on one side. As no cell takes more than a quarter of a page, and all together more than a page, each side gets a
     * quarter at least.
     *
     * <p>Of leaves, every cell goes to one side or the other, and the answer's separator is {@link Separator#between}
     * the last key on the left and the first on the right. Of branches, one cell goes to neither: its key is what is
     * between the two, so it is the answer's separator, and its child is the leftmost of the right page. With the
     * separators {@code b d f k p}, all of the same length, and the children 1 to 6, {@code b d} and the children 1, 2,
     * 3 stay on the left, {@code k p} and 4, 5, 6 go to the right, and {@code f} is the answer's separator.
     *
     * @param left a page that may be changed already. In a branch, its leftmost child stays
     * @param right another
     * @param cells more than fit into one page
     * @return the two pages
     */
    @ExercisePart("4.8")
    public static ChangedPage divide(TreePages pages, int left, int right, CellList cells) {
        int goingUp = PageLayout.kind(pages.read(left)) == PageLayout.LEAF ? 0 : 1;
        int total = cells.bytes(0, cells.count());
        int closest = 1;
        int difference = Integer.MAX_VALUE;
        int leftBytes = 0;
        for (int middle = 1; middle + goingUp < cells.count(); middle++) {
            leftBytes += cells.bytes(middle - 1, middle);
            int rightBytes = total - leftBytes - cells.bytes(middle, middle + goingUp);
            if (Math.abs(leftBytes - rightBytes) < difference) {
                difference = Math.abs(leftBytes - rightBytes);
                closest = middle;
            }
        }
        return divideAt(pages, left, right, cells, closest);
    }

    /**
     * The root above what became of the old one: the page itself, or a new branch over the two that it was split into.
     */
    @ExercisePart("4.8")
    public static int rootAbove(TreePages pages, ChangedPage grown) {
        if (!grown.isSplit()) {
            return grown.page();
        }
        int root = pages.add(PageLayout.BRANCH);
        BranchNode branch = new BranchNode(pages.read(root));
        branch.setChild(0, grown.page());
        branch.insert(0, grown.separator(), grown.right());
        return root;
    }

    /** How many cells go to the left at the right edge: all but the last, if so many fit into the part of a page. */
    @Solution
    private static int nearlyAll(TreePages pages, CellList cells, int goingUp) {
        int goal = SlottedPage.capacityBytes(pages.pageSizeBytes()) * RIGHT_EDGE_FILL / 100;
        int middle = cells.count() - 1 - goingUp;
        while (middle > 1 && cells.bytes(0, middle) > goal) {
            middle--;
        }
        return middle;
    }

    /**
     * Leaves the cells before {@code middle} in {@code left} and moves the others to {@code right}, or one of them up.
     */
    @Solution
    private static ChangedPage divideAt(TreePages pages, int left, int right, CellList cells, int middle) {
        SlottedPage rightCells = new SlottedPage(pages.read(right));
        cells.write(0, middle, new SlottedPage(pages.read(left)));
        if (PageLayout.kind(rightCells.bytes()) == PageLayout.LEAF) {
            cells.write(middle, cells.count(), rightCells);
            return new ChangedPage(left, Separator.between(cells.key(middle - 1), cells.key(middle)), right);
        }
        cells.write(middle + 1, cells.count(), rightCells);
        rightCells.setOwnersPage(BranchNode.pageOf(cells.payload(middle)));
        return new ChangedPage(left, cells.key(middle), right);
    }

    /** One call of put on its way down and up again. */
    @Solution
    private static final class Put {
        private final TreePages pages;
        private final Slice key;
        private final Slice payload;

        Put(TreePages pages, Slice key, Slice payload) {
            this.pages = pages;
            this.key = key;
            this.payload = payload;
        }

        ChangedPage into(int page, Edge edge) {
            int number = pages.edit(page);
            byte[] bytes = pages.read(number);
            return PageLayout.kind(bytes) == PageLayout.LEAF
                    ? intoLeaf(number, new SlottedPage(bytes), edge)
                    : intoBranch(number, new BranchNode(bytes), edge);
        }

        private ChangedPage intoBranch(int number, BranchNode branch, Edge edge) {
            int index = branch.childIndex(key);
            ChangedPage child = into(branch.child(index), index == branch.childCount() - 1 ? edge : Edge.INNER);
            branch.setChild(index, child.page());
            if (!child.isSplit()) {
                return ChangedPage.whole(number);
            }
            int neighbour = neighbourWithRoom(branch, index, child);
            return neighbour < 0
                    ? addChild(pages, number, index, child, edge)
                    : share(number, Math.min(index, neighbour), child, edge);
        }

        /**
         * The child beside a leaf that was split whose cells, with those of the two halves, fit well into two pages.
         */
        private int neighbourWithRoom(BranchNode branch, int index, ChangedPage split) {
            SlottedPage left = new SlottedPage(pages.read(split.page()));
            SlottedPage right = new SlottedPage(pages.read(split.right()));
            int capacity = SlottedPage.capacityBytes(pages.pageSizeBytes());
            int room = 2 * capacity * SHARED_FILL / 100 - left.usedBytes() - right.usedBytes();
            boolean appended = index == branch.childCount() - 1 && right.count() == 1;
            if (PageLayout.kind(left.bytes()) != PageLayout.LEAF || appended) {
                return -1;
            }
            for (int neighbour = index - 1; neighbour <= index + 1; neighbour += 2) {
                if (neighbour >= 0
                        && neighbour < branch.childCount()
                        && hasEnoughWithout(branch, Math.min(index, neighbour))
                        && new SlottedPage(pages.read(branch.child(neighbour))).usedBytes() <= room) {
                    return neighbour;
                }
            }
            return -1;
        }

        /** Whether a branch may lose a separator: the one that comes in its place may be much shorter. */
        private static boolean hasEnoughWithout(BranchNode branch, int separator) {
            SlottedPage cells = branch.cells();
            int lost = SlottedPage.cellBytes(cells.key(separator).length(), Integer.BYTES);
            return cells.usedBytes() - lost >= SlottedPage.capacityBytes(cells.bytes().length) / 4;
        }

        /** Divides three leaves between two: the children to both sides of a separator, one of which was split. */
        private ChangedPage share(int number, int separator, ChangedPage split, Edge edge) {
            BranchNode branch = new BranchNode(pages.read(number));
            int left = pages.edit(branch.child(separator));
            int right = pages.edit(branch.child(separator + 1));
            branch.setChild(separator, left);
            CellList cells = new CellList().addAll(new SlottedPage(pages.read(left)));
            if (left == split.page()) {
                cells.addAll(new SlottedPage(pages.read(split.right())));
            }
            cells.addAll(new SlottedPage(pages.read(right)));
            if (right == split.page()) {
                cells.addAll(new SlottedPage(pages.read(split.right())));
            }
            pages.free(split.right(), PageLayout.born(pages.read(split.right())));
            branch.cells().remove(separator);
            return addChild(pages, number, separator, divide(pages, left, right, cells), edge);
        }

        private ChangedPage intoLeaf(int number, SlottedPage leaf, Edge edge) {
            int found = leaf.find(key);
            int index = found >= 0 ? found : -found - 1;
            if (found >= 0 ? leaf.replace(index, payload) : leaf.insert(index, key, payload)) {
                return ChangedPage.whole(number);
            }
            if (found >= 0) {
                leaf.remove(index);
            }
            boolean appended = edge == Edge.RIGHT && index == leaf.count();
            CellList cells = new CellList().addAll(leaf).insert(index, key, payload);
            int right = pages.add(PageLayout.LEAF);
            return appended
                    ? divideAt(pages, number, right, cells, nearlyAll(pages, cells, 0))
                    : divide(pages, number, right, cells);
        }
    }
}
